package dev.assay.store;

/**
 * The final tensors of a trial.
 *
 * @param sha256 digest over the names, types, shapes and bytes of the tensors, in hex; independent of the file format
 * @param file where the safetensors file is, relative to the store's folder
 * @param bytes size of that file
 */
public record Weights(String sha256, String file, long bytes) {}
