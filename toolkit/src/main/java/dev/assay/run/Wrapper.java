package dev.assay.run;

import dev.assay.config.RunConfig;
import java.util.function.Supplier;

/**
 * A wrapper as an application registers it.
 *
 * @param name by which recipes choose it
 * @param configType the run config it is for
 * @param factory makes a new instance for each trial
 * @param <C> the run config
 */
public record Wrapper<C extends RunConfig>(
        String name, Class<C> configType, Supplier<? extends Trainable<C>> factory) {}
