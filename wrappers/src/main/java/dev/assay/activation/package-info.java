/** Hidden values of networks as examples in rows: their units, and files of them that are larger than memory. */
@NullMarked
package dev.assay.activation;

import org.jspecify.annotations.NullMarked;
