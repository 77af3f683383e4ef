/** Container images of an application: its class path in layers, without a Dockerfile. The command {@code image}. */
@NullMarked
package dev.assay.image;

import org.jspecify.annotations.NullMarked;
