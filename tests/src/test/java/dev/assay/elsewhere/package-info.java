/** Files of trials that are kept elsewhere than in the store's folder. */
@NullMarked
package dev.assay.elsewhere;

import org.jspecify.annotations.NullMarked;
