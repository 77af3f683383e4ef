package dev.assay.stitching;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.config.Validated;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Optional;
import org.immutables.value.Value;

/** What the layer between two networks is before its training. */
@Doc("What the layer between two networks is before its training.")
public sealed interface StitchingStart extends Validated {

    /** The map that fits best, in closed form. */
    @Config
    @Kind("regression")
    @Doc("The map from the first network's values to the second's that fits best, in closed form.")
    non-sealed interface Regression extends StitchingStart {
        @Doc("Added to sums of squares over all examples, as in ridge regression; of no account for a rotation.")
        @PositiveOrZero @Value.Default
        default double penalty() {
            return 0;
        }

        @Doc("Only so many of the first training examples; all if nothing is said.")
        Optional<@Positive Long> examples();
    }

    /** Drawn by the trial's seed. */
    @Config
    @Kind("random")
    @Doc("Values drawn by the trial's seed.")
    non-sealed interface Random extends StitchingStart {}
}
