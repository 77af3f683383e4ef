package dev.assay.sink;

/**
 * One value of a metric.
 *
 * @param name with partition, such as {@code val.accuracy}
 * @param step optimizer steps done
 * @param epoch passes over the training data done, fractions included
 * @param seconds the training has taken
 */
public record Recorded(String name, long step, double epoch, double seconds, double value) {}
