package dev.assay.training;

/** What numbers a model computes in. */
public enum Precision {
    /** IEEE single precision. */
    FLOAT32,
    /** Brain float; it needs models that are compiled as graphs, so no training takes it yet. */
    BFLOAT16
}
