package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import org.immutables.value.Value;

/** Rectified Adam (Liu et al. 2020), as {@code torch.optim.RAdam}. */
@Config
@Kind("radam")
@Doc("Adam that leaves out the division until the mean square can be relied upon.")
public non-sealed interface RAdam extends AdamFamily {
    @Doc("Whether weight decay is part of the gradient (COUPLED) or acts on the weights (DECOUPLED).")
    @Value.Default
    default Decay decay() {
        return Decay.COUPLED;
    }

    @Override
    default Rule rule() {
        return decay().before(new RAdamRule(beta1(), beta2(), eps()));
    }
}
