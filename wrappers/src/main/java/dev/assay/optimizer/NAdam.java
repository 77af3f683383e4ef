package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Adam with Nesterov momentum (Dozat 2016), as {@code torch.optim.NAdam}. */
@Config
@Kind("nadam")
@Doc("Adam that looks ahead along the mean gradient.")
public non-sealed interface NAdam extends AdamFamily {
    @Override
    @Positive @Value.Default
    default double lr() {
        return 2e-3;
    }

    @Doc("How fast momentum rises to beta1, by step.")
    @PositiveOrZero @Value.Default
    default double momentumDecay() {
        return 4e-3;
    }

    @Doc("Whether weight decay is part of the gradient (COUPLED) or acts on the weights (DECOUPLED).")
    @Value.Default
    default Decay decay() {
        return Decay.COUPLED;
    }

    @Override
    default Rule rule() {
        return decay().before(new NAdamRule(beta1(), beta2(), eps(), momentumDecay()));
    }
}
