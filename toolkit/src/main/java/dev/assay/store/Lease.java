package dev.assay.store;

/**
 * A worker's right to run a trial and to write its results, until it expires or another worker takes the trial.
 *
 * @param trial the trial as it was when leased
 * @param worker who holds it
 * @param attempt which attempt this is, from 1; with the worker's name it fences off whoever held the trial before
 */
public record Lease(TrialRecord trial, String worker, int attempt) {}
