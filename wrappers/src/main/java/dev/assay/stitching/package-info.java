/** Two trained graphs made one: the first up to a node, a layer between, and the second from a node on. */
@NullMarked
package dev.assay.stitching;

import org.jspecify.annotations.NullMarked;
