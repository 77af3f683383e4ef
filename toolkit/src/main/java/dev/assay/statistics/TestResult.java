package dev.assay.statistics;

/**
 * What a significance test came to.
 *
 * @param statistic the test's own
 * @param p probability, were the hypothesis of no effect true, of a statistic at least as extreme
 */
public record TestResult(double statistic, double p) {}
