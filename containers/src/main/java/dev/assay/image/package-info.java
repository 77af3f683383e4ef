/** Container images of an application. */
@NullMarked
package dev.assay.image;

import org.jspecify.annotations.NullMarked;
