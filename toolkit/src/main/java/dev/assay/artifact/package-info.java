/** The files that trials leave, here and elsewhere. */
@NullMarked
package dev.assay.artifact;

import org.jspecify.annotations.NullMarked;
