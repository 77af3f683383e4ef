package dev.assay.store;

/**
 * The final tensors of a trial.
 *
 * @param sha256 digest over the names, types, shapes and bytes of the tensors, in hex; independent of the file format
 * @param file what tells where they are, relative to the store's folder
 * @param bytes size of the tensors together, however many other trials share them
 */
public record Weights(String sha256, String file, long bytes) {}
