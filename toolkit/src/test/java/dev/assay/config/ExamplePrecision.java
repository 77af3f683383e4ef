package dev.assay.config;

/** Numbers to compute with. */
public enum ExamplePrecision {
    FLOAT32,
    BFLOAT16,
    @Kind("mixed")
    MIXED_16_32
}
