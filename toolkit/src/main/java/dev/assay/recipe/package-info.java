/** The YAML file that describes an experiment, what is laid over it, and the trials it asks for. Reading checks everything against the config types before anything is written. */
@NullMarked
package dev.assay.recipe;

import org.jspecify.annotations.NullMarked;
