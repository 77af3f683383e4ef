package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Adagrad (Duchi, Hazan and Singer 2011), as {@code torch.optim.Adagrad}. */
@Config
@Kind("adagrad")
@Doc("Gradients divided by the root of the sum of all their squares; weight decay is part of the gradient.")
public non-sealed interface Adagrad extends OptimizerConfig {
    @Override
    @Positive @Value.Default
    default double lr() {
        return 1e-2;
    }

    @Doc("By how much the rate falls: step n, from 0, has lr / (1 + n · lrDecay).")
    @PositiveOrZero @Value.Default
    default double lrDecay() {
        return 0;
    }

    @Doc("What the sum of squares begins with.")
    @PositiveOrZero @Value.Default
    default double initialAccumulator() {
        return 0;
    }

    @Doc("Added to what is divided by.")
    @Positive @Value.Default
    default double eps() {
        return 1e-10;
    }

    @Override
    default Rule rule() {
        return Decay.COUPLED.before(new AdagradRule(lrDecay(), initialAccumulator(), eps()));
    }
}
