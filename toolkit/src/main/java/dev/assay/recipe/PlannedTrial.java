package dev.assay.recipe;

import dev.assay.config.ConfigWriter;
import dev.assay.config.RunConfig;
import dev.assay.identity.TrialIdentity;
import tools.jackson.databind.node.ObjectNode;

/**
 * One trial a recipe asks for.
 *
 * @param config what it is to run
 * @param identity the digests of the config with the wrapper's name
 * @param origins which layer set each value of the config
 * @param <C> the run config
 */
public record PlannedTrial<C extends RunConfig>(C config, TrialIdentity identity, Origins origins) {

    /** The complete config, defaults filled in. */
    public ObjectNode json() {
        return ConfigWriter.toJson(config);
    }
}
