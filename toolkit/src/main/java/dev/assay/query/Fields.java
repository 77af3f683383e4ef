package dev.assay.query;

import dev.assay.config.DotPath;

/**
 * The fields that conditions on rows may name.
 *
 * @param <R> the rows
 */
@FunctionalInterface
public interface Fields<R> {
    /**
     * The field of a path.
     *
     * @throws IllegalArgumentException if there is none; the message is a sentence for people, and a hint may be its second line
     */
    Field<R> at(DotPath path);
}
