package dev.assay.hook;

import ai.djl.ndarray.NDArray;

/**
 * Adds to the loss how unlike the representations of student and teacher are: {@code weight · (1 − similarity)} for each pair of outputs,
 * with a {@link Similarity} over the examples of the batch. Student and teacher may have different numbers of units.
 */
public final class RepresentationMatching extends OutputMatching {
    private final RepresentationMatchingConfig config;

    public RepresentationMatching(RepresentationMatchingConfig config, Teacher teacher) {
        super(teacher, config.outputs());
        this.config = config;
    }

    @Override
    public String name() {
        return "representation-matching";
    }

    @Override
    NDArray term(NDArray student, NDArray taught) {
        return config.similarity().of(student, taught).neg().add(1).mul(config.weight());
    }
}
