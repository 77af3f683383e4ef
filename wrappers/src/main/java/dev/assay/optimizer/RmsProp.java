package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** RMSprop (Hinton, Srivastava and Swersky 2012; centred as Graves 2013), as {@code torch.optim.RMSprop}. */
@Config
@Kind("rmsprop")
@Doc("Gradients divided by the root of their mean square; weight decay is part of the gradient.")
public non-sealed interface RmsProp extends OptimizerConfig {
    @Override
    @Positive @Value.Default
    default double lr() {
        return 1e-2;
    }

    @Doc("How much of the previous mean square is kept, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double alpha() {
        return 0.99;
    }

    @Doc("Added to what is divided by.")
    @Positive @Value.Default
    default double eps() {
        return 1e-8;
    }

    @Doc("How much of the previous direction is kept, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double momentum() {
        return 0;
    }

    @Doc("Divides by the standard deviation in place of the root of the mean square.")
    @Value.Default
    default boolean centered() {
        return false;
    }

    @Override
    default Rule rule() {
        return Decay.COUPLED.before(new RmsPropRule(alpha(), eps(), momentum(), centered()));
    }
}
