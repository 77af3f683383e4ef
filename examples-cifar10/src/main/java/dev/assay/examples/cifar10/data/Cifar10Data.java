package dev.assay.examples.cifar10.data;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.config.Stateless;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.immutables.value.Value;

/** CIFAR-10 (Krizhevsky 2009): 50,000 photographs to train on and 10,000 to test on. */
@Config
@Kind("cifar10")
@Doc("CIFAR-10: 50,000 photographs to train on and 10,000 to test on.")
public non-sealed interface Cifar10Data extends CifarData {

    @Doc(
            "The folder with data_batch_1.bin …, or one that holds cifar-10-batches-bin or cifar-10-binary.tar.gz, or that archive"
                    + " itself. Without it the user's cache folder is looked into.")
    @Stateless
    Optional<Path> dir();

    @Doc(
            "Whether the archive is fetched from its official place, into dir or the user's cache folder, if it is not there.")
    @Stateless
    @Value.Default
    default boolean download() {
        return false;
    }

    @Doc("Number of training pictures, the same number of each class; all that are not set aside if it is not given.")
    Optional<@Positive @Max(50_000) Integer> trainExamples();

    @Doc("Number of test pictures, the same number of each class; all if it is not given.")
    Optional<@Positive @Max(10_000) Integer> testExamples();

    @Override
    default <T> T match(Function<Cifar10Data, T> cifar10, Function<SyntheticData, T> synthetic) {
        return cifar10.apply(this);
    }
}
