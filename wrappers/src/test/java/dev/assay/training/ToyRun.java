package dev.assay.training;

import dev.assay.config.Config;
import dev.assay.config.Validated;

/** A run whose data and model have nothing to choose. */
@Config
public interface ToyRun extends TrainingRun {
    @Override
    Nothing data();

    @Override
    Nothing model();

    @Override
    ToyTraining train();

    /** A config without keys. */
    @Config
    interface Nothing extends Validated {}

    /** Training without keys of its own. */
    @Config
    interface ToyTraining extends TrainingConfig {}

    static ToyRun of(ToyTraining train, long seed) {
        Nothing nothing = ImmutableNothing.builder().build();
        return ImmutableToyRun.builder()
                .data(nothing)
                .model(nothing)
                .train(train)
                .seed(seed)
                .build();
    }
}
