/** Corruptions of pictures for shifted test sets, each in five severities. Pixels go in and out as bytes; one seed decides all chance. */
@NullMarked
package dev.assay.data.corruption;

import org.jspecify.annotations.NullMarked;
