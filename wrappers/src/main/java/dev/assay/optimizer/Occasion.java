package dev.assay.optimizer;

import ai.djl.ndarray.types.Shape;

/** One parameter in one update, as far as numbers are concerned. */
final class Occasion {
    private static final String STEPS = "steps";

    private final String name;
    private final Shape shape;
    private final Memory memory;
    private final double rate;
    private final double decay;

    /**
     * @param name of the parameter
     * @param rate learning rate of the parameter in this update
     * @param decay strength of its weight decay
     */
    Occasion(String name, Shape shape, Memory memory, double rate, double decay) {
        this.name = name;
        this.shape = shape;
        this.memory = memory;
        this.rate = rate;
        this.decay = decay;
    }

    String name() {
        return name;
    }

    Shape shape() {
        return shape;
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
