package dev.assay.training;

import dev.assay.run.Outcome;

/**
 * Leads out of whatever user code is on the stack to the loop, when a training ends early for a reason that is no fault. It never leaves
 * this package.
 */
final class EndOfTraining extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Outcome outcome;

    EndOfTraining(Outcome outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
