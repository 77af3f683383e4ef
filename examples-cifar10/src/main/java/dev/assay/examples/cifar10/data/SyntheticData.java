package dev.assay.examples.cifar10.data;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.function.Function;
import org.immutables.value.Value;

/**
 * Pictures made up from a seed: one of five figures, striped across or down, of any colours, at any place, under noise. A picture depends
 * on the seed, its number and the noise alone, so a larger set begins with the smaller one.
 */
@Config
@Kind("synthetic")
@Doc(
        "Made-up pictures of striped figures, there at once and without files; what is learned from them says nothing about photographs.")
public non-sealed interface SyntheticData extends CifarData {

    @Doc("Number of training pictures made, those set aside included.")
    @Positive @Max(500_000) @Value.Default
    default int trainExamples() {
        return 4_000;
    }

    @Doc("Number of test pictures made.")
    @Positive @Max(500_000) @Value.Default
    default int testExamples() {
        return 1_000;
    }

    @Doc("Decides the pictures.")
    @Value.Default
    default long seed() {
        return 0;
    }

    @Doc("Standard deviation of the noise on each value, where 1 is from black to white; more is harder.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double noise() {
        return 0.24;
    }

    @Override
    default <T> T match(Function<Cifar10Data, T> cifar10, Function<SyntheticData, T> synthetic) {
        return synthetic.apply(this);
    }
}
