package dev.assay.examples.cifar10;

import dev.assay.config.Config;
import dev.assay.examples.cifar10.data.CifarData;
import dev.assay.training.TrainingRun;

/** A trial of {@link StitchedClassifier}. */
@Config
public interface StitchedRun extends TrainingRun {
    @Override
    CifarData data();

    @Override
    StitchedModel model();

    @Override
    ClassifierTrain train();
}
