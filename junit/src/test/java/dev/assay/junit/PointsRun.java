package dev.assay.junit;

import dev.assay.config.Config;
import dev.assay.config.Validated;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.training.Every;
import dev.assay.training.TrainingConfig;
import dev.assay.training.TrainingRun;

/** A trial of {@link PointsWrapper}. */
@Config
public interface PointsRun extends TrainingRun {
    @Override
    Nothing data();

    @Override
    Nothing model();

    @Override
    PointsTrain train();

    /** A config without keys. */
    @Config
    interface Nothing extends Validated {}

    /** Training without keys of its own. */
    @Config
    interface PointsTrain extends TrainingConfig {}

    /** Two epochs of five steps, evaluated four times. */
    static PointsRun small() {
        Nothing nothing = ImmutableNothing.builder().build();
        return ImmutablePointsRun.builder()
                .data(nothing)
                .model(nothing)
                .train(ImmutablePointsTrain.builder()
                        .epochs(2)
                        .batchSize(4)
                        .optimizer(ImmutableSgd.builder().lr(0.5).momentum(0.9).build())
                        .evaluateEvery(Every.epochs(0.5))
                        .build())
                .seed(3)
                .build();
    }
}
