/** Workers in containers of a Docker engine. */
@NullMarked
package dev.assay.launch.docker;

import org.jspecify.annotations.NullMarked;
