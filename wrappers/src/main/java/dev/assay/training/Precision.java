package dev.assay.training;

/** What numbers the matrix products of a model are computed in. */
public enum Precision {
    /** IEEE single precision. */
    FLOAT32,
    /** Brain float, of a processor that computes in it. Weights, statistics and losses stay in single precision. */
    BFLOAT16
}
