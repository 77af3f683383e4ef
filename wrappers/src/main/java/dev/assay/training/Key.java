package dev.assay.training;

/**
 * Name and type of something that hooks and wrappers share for the length of a batch; see {@link StepContext#put}. Two keys of the same
 * name and type are equal.
 *
 * @param <T> what it stands for
 */
public record Key<T>(String name, Class<T> type) {}
