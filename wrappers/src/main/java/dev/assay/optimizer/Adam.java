package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import org.immutables.value.Value;

/** Adam (Kingma and Ba 2015), as {@code torch.optim.Adam}. */
@Config
@Kind("adam")
@Doc("Adam, with weight decay as part of the gradient.")
public non-sealed interface Adam extends AdamFamily {
    @Doc("Divides by the largest mean square so far (Reddi, Kale and Kumar 2018).")
    @Value.Default
    default boolean amsgrad() {
        return false;
    }

    @Override
    default Rule rule() {
        return Decay.COUPLED.before(new AdamRule(beta1(), beta2(), eps(), amsgrad()));
    }
}
