package dev.assay.config;

import org.immutables.value.Value;

/**
 * Parent of every part of a configuration. A part that breaks one of its constraints cannot be built, neither by its builder nor by
 * {@code withX}: both throw {@link ConfigException}.
 */
public interface Validated {

    /** Called by the generated code when a value is built. */
    @Value.Check
    default void checkConstraints() {
        Constraints.checkBuilt(this);
    }
}
