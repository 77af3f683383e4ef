package dev.assay.schedule;

/**
 * Length of a training, or of a part of one.
 *
 * @param steps optimizer steps
 * @param epochs passes over the training data
 * @param evaluations over all of it
 */
public record Span(long steps, long epochs, long evaluations) {

    /** How much of the steps is done, from 0 to 1. */
    double done(Progress at) {
        return at.step() >= steps ? 1 : (double) at.step() / steps;
    }

    /** The first {@code count} of a unit, and what of the other units ends within them. */
    Span first(long count, Unit unit) {
        long whole = Math.max(1, unit.of(this));
        long part = Math.min(count, whole);
        return new Span(steps * part / whole, epochs * part / whole, evaluations * part / whole);
    }

    /** What is left after a part. */
    Span without(Span part) {
        return new Span(steps - part.steps, epochs - part.epochs, evaluations - part.evaluations);
    }
}
