package dev.assay.metric;

/** Which of the values that a training records for a metric stands for the whole trial. */
public enum Aggregation {
    /** The one recorded last. */
    LAST,
    /** The best by the metric's direction. */
    BEST,
    /** The mean of all. */
    MEAN
}
