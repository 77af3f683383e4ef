/** Models with named inputs, outputs and an optional loss over DJL blocks. */
@NullMarked
package dev.assay.model;

import org.jspecify.annotations.NullMarked;
