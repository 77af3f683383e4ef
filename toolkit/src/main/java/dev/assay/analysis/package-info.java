/** Numbers from results, without input or output: cells of an experiment, means, intervals, differences. */
@NullMarked
package dev.assay.analysis;

import org.jspecify.annotations.NullMarked;
