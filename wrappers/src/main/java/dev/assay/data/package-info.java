/** Named partitions of keyed batches, and the pipeline that fills them. */
@NullMarked
package dev.assay.data;

import org.jspecify.annotations.NullMarked;
