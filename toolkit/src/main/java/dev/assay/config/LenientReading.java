package dev.assay.config;

import java.util.List;
import java.util.Optional;

/**
 * What could be made of a config that an older program recorded. For looking at it; nothing is to be run with it.
 *
 * @param config without what is not known any more and with defaults where values do not fit; empty if too much is missing
 * @param warnings what was left out, and why; without a config, what is missing too
 * @param <C> the config
 */
public record LenientReading<C>(Optional<C> config, List<Fault> warnings) {
    public LenientReading {
        warnings = List.copyOf(warnings);
    }
}
