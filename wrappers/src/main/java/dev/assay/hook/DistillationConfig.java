package dev.assay.hook;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Settings of {@link Distillation}. */
@Config
@Doc("Knowledge distillation: learns from the probabilities that a teacher gives, besides the labels.")
public interface DistillationConfig extends Validated {
    @Doc("Hash of the trial whose model is the teacher.")
    @NotBlank String teacher();

    @Doc("Name of the output of both models that has the unnormalised scores.")
    @Value.Default
    default String output() {
        return "logits";
    }

    @Doc("What the scores of both are divided by; the higher, the softer the probabilities.")
    @Positive @Value.Default
    default double temperature() {
        return 4;
    }

    @Doc("Weight of the teacher's part, 0 to 1; the loss without a teacher has the rest.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double weight() {
        return 0.9;
    }
}
