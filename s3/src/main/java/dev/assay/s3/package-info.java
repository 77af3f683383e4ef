/** Keeps what trials leave in Amazon S3 or whatever speaks like it. */
@NullMarked
package dev.assay.s3;

import org.jspecify.annotations.NullMarked;
