package dev.assay.store;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trial that is asked for.
 *
 * @param hash content hash of the whole trial
 * @param wrapper name of the wrapper that runs it
 * @param dataHash content hash of {@code config.data}; likewise the other parts
 * @param config the complete resolved config
 * @param origin the state of another trial that it starts from, if any
 */
public record TrialSpec(
        String hash,
        String wrapper,
        String dataHash,
        String modelHash,
        String trainHash,
        String seedHash,
        ObjectNode config,
        Optional<Origin> origin) {}
