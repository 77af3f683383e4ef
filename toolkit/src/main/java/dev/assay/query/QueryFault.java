package dev.assay.query;

/**
 * One thing that is wrong with a query.
 *
 * @param column where, from 1
 * @param message what was found and what was expected, a sentence
 * @param hint what may have been meant, a sentence that begins with "Maybe"; empty where that is not known
 */
public record QueryFault(int column, String message, String hint) {}
