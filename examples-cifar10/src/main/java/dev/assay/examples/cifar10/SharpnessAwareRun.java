package dev.assay.examples.cifar10;

import dev.assay.config.Config;
import dev.assay.examples.cifar10.data.CifarData;
import dev.assay.examples.cifar10.model.VisionModel;
import dev.assay.training.TrainingRun;

/** A trial of {@link SharpnessAwareClassifier}. */
@Config
public interface SharpnessAwareRun extends TrainingRun {
    @Override
    CifarData data();

    @Override
    VisionModel model();

    @Override
    SharpnessAwareTrain train();
}
