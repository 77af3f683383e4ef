package dev.assay.training;

/**
 * How far a training is.
 *
 * @param step optimizer steps done
 * @param epoch passes over the training data done
 * @param batch batches of the present pass done
 * @param batches batches of a pass
 * @param evaluations evaluations done
 */
record Position(long step, long epoch, long batch, long batches, long evaluations) {

    static Position start(long batches) {
        return new Position(0, 0, 0, batches, 0);
    }

    /** Passes done, fractions included. */
    double epochs() {
        return epoch + (double) batch / batches;
    }

    Position afterBatch() {
        return new Position(step, epoch, batch + 1, batches, evaluations);
    }

    Position afterStep() {
        return new Position(step + 1, epoch, batch, batches, evaluations);
    }

    Position afterEpoch() {
        return new Position(step, epoch + 1, 0, batches, evaluations);
    }

    Position afterEvaluation() {
        return new Position(step, epoch, batch, batches, evaluations + 1);
    }
}
