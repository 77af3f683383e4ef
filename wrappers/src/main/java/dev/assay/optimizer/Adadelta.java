package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Adadelta (Zeiler 2012), as {@code torch.optim.Adadelta}. */
@Config
@Kind("adadelta")
@Doc("Gradients scaled to the size of recent steps; weight decay is part of the gradient.")
public non-sealed interface Adadelta extends OptimizerConfig {
    @Override
    @Positive @Value.Default
    default double lr() {
        return 1;
    }

    @Doc("How much of the previous mean squares is kept, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double rho() {
        return 0.9;
    }

    @Doc("Added to the mean squares before their roots are taken.")
    @Positive @Value.Default
    default double eps() {
        return 1e-6;
    }

    @Override
    default Rule rule() {
        return Decay.COUPLED.before(new AdadeltaRule(rho(), eps()));
    }
}
