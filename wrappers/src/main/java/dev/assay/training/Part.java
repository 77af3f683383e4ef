package dev.assay.training;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A part of the state of a training that consists of numbers by name. */
interface Part {
    Map<String, Double> numbers();

    /** Takes over what {@link #numbers} gave in an earlier process. */
    void restore(Map<String, Double> numbers);

    /** A part that is written and read by these. */
    static Part of(Supplier<Map<String, Double>> numbers, Consumer<Map<String, Double>> restore) {
        return new Part() {
            @Override
            public Map<String, Double> numbers() {
                return numbers.get();
            }

            @Override
            public void restore(Map<String, Double> values) {
                restore.accept(values);
            }
        };
    }
}
