package dev.assay.examples.cifar10;

import dev.assay.config.Config;
import dev.assay.examples.cifar10.data.CifarData;
import dev.assay.examples.cifar10.model.VisionModel;
import dev.assay.training.TrainingRun;

/** A trial of {@link Classifier}. */
@Config
public interface ClassifierRun extends TrainingRun {
    @Override
    CifarData data();

    @Override
    VisionModel model();

    @Override
    ClassifierTrain train();
}
