@NullMarked
package dev.assay.recipe;

import org.jspecify.annotations.NullMarked;
