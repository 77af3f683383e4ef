package dev.assay.schedule;

/** What a schedule counts. */
public enum Unit {
    /** Optimizer steps. */
    STEP,
    /** Passes over the training data. */
    EPOCH,
    /** Evaluations, each over all partitions. */
    EVALUATION;

    long of(Progress at) {
        return switch (this) {
            case STEP -> at.step();
            case EPOCH -> at.epoch();
            case EVALUATION -> at.evaluations();
        };
    }

    long of(Span span) {
        return switch (this) {
            case STEP -> span.steps();
            case EPOCH -> span.epochs();
            case EVALUATION -> span.evaluations();
        };
    }
}
