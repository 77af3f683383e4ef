package dev.assay.hook;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.immutables.value.Value;

/** Settings of {@link NoiseMixing}. */
@Config
@Doc("Normal noise that is added to an input, of a level drawn for each example.")
public interface NoiseMixingConfig extends Validated {
    @Doc("Name of the input.")
    @Value.Default
    default String input() {
        return "image";
    }

    @Doc("The levels, each with the proportion of examples that have it; the proportions sum to 1.")
    @NotEmpty List<NoiseLevel> mixture();

    @AssertTrue(message = "the proportions of the mixture must sum to 1") default boolean isMixtureWhole() {
        double sum = mixture().stream().mapToDouble(NoiseLevel::proportion).sum();
        return Math.abs(sum - 1) <= 1e-9;
    }

    /** One level of the mixture. */
    @Config
    interface NoiseLevel extends Validated {
        @Doc("Standard deviation of the noise, in units of the input.")
        @PositiveOrZero double level();

        @Doc("Probability that an example has it, 0 to 1.")
        @PositiveOrZero @DecimalMax("1") double proportion();
    }
}
