package dev.assay.store;

/**
 * One value of one metric; see {@link MetricSeries} for the meaning of the numbers.
 */
public record MetricPoint(String name, long step, double epoch, double seconds, double value) {}
