package dev.assay.optimizer;

import dev.assay.config.Doc;
import dev.assay.config.Validated;
import java.util.function.Function;

/** How parameters follow their gradients. */
@Doc("How parameters follow their gradients.")
public sealed interface OptimizerConfig extends Validated permits Sgd, Adam, AdamW {

    @Doc("Learning rate; the schedule multiplies it in each step.")
    double lr();

    /** The case of {@code this}. */
    default <T> T match(Function<Sgd, T> sgd, Function<Adam, T> adam, Function<AdamW, T> adamW) {
        if (this instanceof Sgd config) {
            return sgd.apply(config);
        }
        return this instanceof Adam config ? adam.apply(config) : adamW.apply((AdamW) this);
    }
}
