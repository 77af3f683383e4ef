/** How much of a metric's variance each factor accounts for, by a random forest fitted to what was seen: functional ANOVA and permutation. */
@NullMarked
package dev.assay.importance;

import org.jspecify.annotations.NullMarked;
