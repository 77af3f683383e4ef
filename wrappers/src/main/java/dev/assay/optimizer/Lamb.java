package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Adam for large batches (You et al. 2020, algorithm 2, with their scaling function left out). */
@Config
@Kind("lamb")
@Doc("Adam in which each array moves by a distance relative to its own length, for large batches.")
public non-sealed interface Lamb extends AdamFamily {
    @Doc("Added to what is divided by.")
    @Override
    @Positive @Value.Default
    default double eps() {
        return 1e-6;
    }

    @Doc("Strength of weight decay, as part of the direction of the step.")
    @Override
    @PositiveOrZero @Value.Default
    default double weightDecay() {
        return 0.01;
    }

    @Override
    default Rule rule() {
        return new LambRule(beta1(), beta2(), eps());
    }
}
