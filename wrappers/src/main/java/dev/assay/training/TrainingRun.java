package dev.assay.training;

import dev.assay.config.RunConfig;

/** A trial of {@link ModelWrapper}: its training has what the loop needs to know. */
public interface TrainingRun extends RunConfig {
    @Override
    TrainingConfig train();
}
