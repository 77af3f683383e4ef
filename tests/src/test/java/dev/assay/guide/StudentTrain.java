package dev.assay.guide;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.hook.DistillationConfig;
import dev.assay.hook.ExponentialAverageConfig;
import dev.assay.hook.NoiseMixingConfig;
import dev.assay.training.TrainingConfig;
import java.util.Optional;

/** How the guide's student is trained. */
@Config
public interface StudentTrain extends TrainingConfig {
    @Doc("Noise on the pictures.")
    Optional<NoiseMixingConfig> noise();

    @Doc("What is learned from a teacher.")
    Optional<DistillationConfig> distillation();

    @Doc("Average of the weights.")
    Optional<ExponentialAverageConfig> average();
}
