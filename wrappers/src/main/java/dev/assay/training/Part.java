package dev.assay.training;

import java.util.Map;

/** A part of the state of a training that consists of numbers by name. */
interface Part {
    Map<String, Double> numbers();

    /** Takes over what {@link #numbers} gave in an earlier process. */
    void restore(Map<String, Double> numbers);
}
