package dev.assay.schedule;

/** How much better a value must be to count as progress. */
public enum ThresholdMode {
    /** By a part of the best value so far. */
    RELATIVE,
    /** By a difference. */
    ABSOLUTE
}
