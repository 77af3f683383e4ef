/** The door of Assay: an application registers its wrappers here and gets the whole command line. */
@NullMarked
package dev.assay;

import org.jspecify.annotations.NullMarked;
