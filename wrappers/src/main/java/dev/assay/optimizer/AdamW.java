package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019), as {@code torch.optim.AdamW}. */
@Config
@Kind("adamw")
@Doc("Adam, with weight decay that acts on the weights.")
public non-sealed interface AdamW extends AdamFamily {
    @Doc("Strength of weight decay, acting on the weights.")
    @Override
    @PositiveOrZero @Value.Default
    default double weightDecay() {
        return 0.01;
    }

    @Doc("Divides by the largest mean square so far (Reddi, Kale and Kumar 2018).")
    @Value.Default
    default boolean amsgrad() {
        return false;
    }

    @Override
    default Rule rule() {
        return Decay.DECOUPLED.before(new AdamRule(beta1(), beta2(), eps(), amsgrad()));
    }
}
