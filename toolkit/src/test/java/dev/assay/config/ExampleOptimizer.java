package dev.assay.config;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** What turns gradients into updates. */
public sealed interface ExampleOptimizer extends Validated {
    @Positive double lr();

    /** Stochastic gradient descent. */
    @Config
    @Kind("sgd")
    non-sealed interface Sgd extends ExampleOptimizer {
        @PositiveOrZero @Value.Default
        default double momentum() {
            return 0;
        }
    }

    /** Adam with decoupled weight decay. */
    @Config
    @Kind("adamw")
    non-sealed interface AdamW extends ExampleOptimizer {
        @Value.Default
        default float beta1() {
            return 0.9f;
        }
    }
}
