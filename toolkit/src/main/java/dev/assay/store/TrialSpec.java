package dev.assay.store;

import tools.jackson.databind.node.ObjectNode;

/**
 * A trial that is asked for.
 *
 * @param hash content hash of the whole trial
 * @param wrapper name of the wrapper that runs it
 * @param dataHash content hash of {@code config.data}; likewise the other parts
 * @param config the complete resolved config
 */
public record TrialSpec(
        String hash,
        String wrapper,
        String dataHash,
        String modelHash,
        String trainHash,
        String seedHash,
        ObjectNode config) {}
