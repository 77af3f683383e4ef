/** From a recipe to finished trials: the plan, the workers that lease trials, and what a trainable thing is to them. */
@NullMarked
package dev.assay.run;

import org.jspecify.annotations.NullMarked;
