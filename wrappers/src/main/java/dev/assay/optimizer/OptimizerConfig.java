package dev.assay.optimizer;

import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.immutables.value.Value;

/** How parameters follow their gradients. Defaults are PyTorch's. */
@Doc("How parameters follow their gradients.")
public sealed interface OptimizerConfig extends Validated
        permits Sgd, AdamFamily, RmsProp, Adagrad, Adadelta, Lion, Muon {

    @Doc("Learning rate; the schedule multiplies it in each step.")
    @Positive double lr();

    @Doc("Strength of weight decay.")
    @PositiveOrZero @Value.Default
    default double weightDecay() {
        return 0;
    }

    @Doc("Other settings for some parameters; the first group that matches a name counts.")
    List<ParameterGroup> groups();

    /** The arithmetic these values stand for; for {@link Optimizer#of}. */
    Rule rule();
}
