package dev.assay.examples.cifar10.data;

import dev.assay.config.Doc;
import dev.assay.config.Validated;
import dev.assay.data.Augmentation;
import dev.assay.data.ImageFormat;
import dev.assay.data.corruption.Corruption;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.immutables.value.Value;

/** Pictures of 32×32 pixels in three colours and ten classes, to train on and to test on. */
public sealed interface CifarData extends Validated permits Cifar10Data, SyntheticData {
    /** Of every picture. */
    ImageFormat FORMAT = new ImageFormat(32, 32, 3);

    @Doc("How training pictures are varied.")
    @Valid @Value.Default
    default Augmentation augmentation() {
        return Augmentation.none();
    }

    @Doc("Training pictures set aside as partition val, the same number of each class; 0 for no such partition.")
    @PositiveOrZero @Value.Default
    default int validationExamples() {
        return 0;
    }

    @Doc("Names of the classes whose pictures are kept, in every partition; all if there are none.")
    List<String> classes();

    @Doc(
            "Whether labels are numbered anew, in the order of classes, and the model gets as many outputs; otherwise they stay as they are.")
    @Value.Default
    default boolean renumber() {
        return false;
    }

    @Doc("Most training pictures of a class, by its name; those that are kept are chosen by splitSeed.")
    Map<String, @PositiveOrZero Integer> classLimits();

    @Doc("Numbers of training pictures that are left out, from 0, in the order of the files.")
    List<@PositiveOrZero Integer> leaveOut();

    @Doc("Further partitions with the test pictures corrupted, each named like test-gaussian-noise-3.")
    List<@Valid Corruption> shifted();

    @Doc(
            "Decides which pictures are set aside or left out; apart from the trial's seed, so that trials share their pictures.")
    @Value.Default
    default long splitSeed() {
        return 0;
    }

    @AssertTrue(message = "renumber needs classes, whose order numbers the labels") default boolean isRenumberedByClasses() {
        return !renumber() || !classes().isEmpty();
    }

    /** What the function for this kind of data says. */
    <T> T match(Function<Cifar10Data, T> cifar10, Function<SyntheticData, T> synthetic);
}
