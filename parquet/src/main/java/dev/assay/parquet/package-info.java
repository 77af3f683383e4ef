/** Tables as Parquet files. Found by name, so that an application without it needs none of its libraries. */
@NullMarked
package dev.assay.parquet;

import org.jspecify.annotations.NullMarked;
