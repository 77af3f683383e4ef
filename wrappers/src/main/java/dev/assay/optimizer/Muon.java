package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Muon (Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks"), as {@code torch.optim.Muon} with its original rate. */
@Config
@Kind("muon")
@Doc(
        "Steps along the nearest orthogonal matrix to the mean gradient, for matrices and filters; weight decay acts on the weights.")
public non-sealed interface Muon extends OptimizerConfig {
    @Override
    @Positive @Value.Default
    default double lr() {
        return 1e-3;
    }

    @Override
    @PositiveOrZero @Value.Default
    default double weightDecay() {
        return 0.1;
    }

    @Doc("How much of the previous mean gradient is kept, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double momentum() {
        return 0.95;
    }

    @Doc("Whether the momentum is taken one step ahead.")
    @Value.Default
    default boolean nesterov() {
        return true;
    }

    @Doc("Newton-Schulz iterations towards the orthogonal matrix.")
    @Positive @Value.Default
    default int iterations() {
        return 5;
    }

    @Doc(
            "Whether weights are scaled, before each step, to the length of an orthogonal matrix of their shape, as airbench94 has it.")
    @Value.Default
    default boolean normalize() {
        return false;
    }

    @Override
    default Rule rule() {
        return Decay.DECOUPLED.before(new MuonRule(momentum(), nesterov(), iterations(), normalize()));
    }
}
