package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Stochastic gradient descent with momentum, as {@code torch.optim.SGD}. */
@Config
@Kind("sgd")
@Doc("Stochastic gradient descent, with momentum.")
public non-sealed interface Sgd extends OptimizerConfig {
    @Override
    @Positive double lr();

    @Doc("How much of the previous direction is kept, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double momentum() {
        return 0;
    }

    @Doc("How much of a new gradient is left out of the momentum, 0 to 1.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double dampening() {
        return 0;
    }

    @Doc("Looks ahead along the momentum; needs momentum and no dampening.")
    @Value.Default
    default boolean nesterov() {
        return false;
    }

    @Doc("Whether weight decay is part of the gradient (COUPLED) or acts on the weights (DECOUPLED).")
    @Value.Default
    default Decay decay() {
        return Decay.COUPLED;
    }

    @AssertTrue(message = "nesterov needs a momentum above 0 and a dampening of 0") default boolean isNesterovWithMomentum() {
        return !nesterov() || (momentum() > 0 && dampening() == 0);
    }

    @Override
    default Rule rule() {
        return decay().before(new SgdRule(momentum(), dampening(), nesterov()));
    }
}
