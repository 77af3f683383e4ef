/**
 * Statistics of samples: estimates with intervals, tests, effect sizes, corrections, regression. Pure functions of their arguments, random
 * numbers included; distributions and the rank tests without ties are those of Apache Commons Statistics.
 */
@NullMarked
package dev.assay.statistics;

import org.jspecify.annotations.NullMarked;
