package dev.assay.config;

import java.util.List;

/**
 * Contributes alternatives to interfaces marked {@link Open}. Implementations are found by {@link java.util.ServiceLoader}, so each is named in
 * {@code META-INF/services/dev.assay.config.ConfigAlternatives} and has a public constructor without parameters.
 */
public interface ConfigAlternatives {
    /** The {@link Config} interfaces with a {@link Kind}; each extends the open interface it is an alternative of. */
    List<Class<? extends Validated>> alternatives();
}
