package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import org.immutables.value.Value;

/** Adam with the largest gradient in place of the mean square (Kingma and Ba 2015, section 7.1), as {@code torch.optim.Adamax}. */
@Config
@Kind("adamax")
@Doc("Adam with the largest recent gradient in place of the mean square; weight decay is part of the gradient.")
public non-sealed interface Adamax extends AdamFamily {
    @Override
    @Positive @Value.Default
    default double lr() {
        return 2e-3;
    }

    @Override
    default Rule rule() {
        return Decay.COUPLED.before(new AdamaxRule(beta1(), beta2(), eps()));
    }
}
