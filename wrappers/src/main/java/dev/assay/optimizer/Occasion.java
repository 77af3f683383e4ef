package dev.assay.optimizer;

/** One parameter in one update, as far as numbers are concerned. */
final class Occasion {
    private static final String STEPS = "steps";

    private final Memory memory;
    private final double rate;
    private final double decay;

    /**
     * @param rate learning rate of the parameter in this update
     * @param decay strength of its weight decay
     */
    Occasion(Memory memory, double rate, double decay) {
        this.memory = memory;
        this.rate = rate;
        this.decay = decay;
    }

    double rate() {
        return rate;
    }

    double decay() {
        return decay;
    }

    Memory memory() {
        return memory;
    }

    /** Counts this update among those the parameter has had, from 1. */
    double nextStep() {
        return memory.next(STEPS, 0, steps -> steps + 1);
    }
}
