package dev.assay.examples.cifar10;

import dev.assay.config.Config;
import dev.assay.examples.cifar10.data.CifarData;
import dev.assay.examples.cifar10.model.SpeedrunNet;
import dev.assay.training.TrainingRun;

/** A trial of {@link Speedrun}. */
@Config
public interface SpeedrunRun extends TrainingRun {
    @Override
    CifarData data();

    @Override
    SpeedrunNet model();

    @Override
    SpeedrunTrain train();
}
