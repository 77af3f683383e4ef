/** Workers as Jobs of a Kubernetes cluster. */
@NullMarked
package dev.assay.launch.kubernetes;

import org.jspecify.annotations.NullMarked;
