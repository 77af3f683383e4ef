package dev.assay.guide;

import dev.assay.config.Config;
import dev.assay.examples.cifar10.data.CifarData;
import dev.assay.examples.cifar10.model.VisionModel;
import dev.assay.training.TrainingRun;

/** A trial of {@link Student}. */
@Config
public interface StudentRun extends TrainingRun {
    @Override
    CifarData data();

    @Override
    VisionModel model();

    @Override
    StudentTrain train();
}
