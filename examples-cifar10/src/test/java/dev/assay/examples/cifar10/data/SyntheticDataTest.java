package dev.assay.examples.cifar10.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.assay.data.Datasets;
import dev.assay.data.ImagePartition;
import dev.assay.data.ImageSet;
import dev.assay.data.ImmutableAugmentation;
import dev.assay.data.Partition;
import dev.assay.data.Role;
import dev.assay.data.SplitAudit;
import dev.assay.data.corruption.CorruptionKind;
import dev.assay.data.corruption.ImmutableCorruption;
import dev.assay.error.AssayException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D1")
@Tag("T27")
class SyntheticDataTest {
    @Test
    void load_ofASeed_givesTheSameBytesEverywhere() {
        assertThat(images(CifarDatasets.load(small(200).build()).train()).digest())
                .isEqualTo("7c38dfae41f165ef88b96ce8278ead82da0ccda2a263f9a0beac3785b17e1d5d");
        assertThat(images(CifarDatasets.load(small(200).seed(1).build()).train())
                        .digest())
                .isNotEqualTo(
                        images(CifarDatasets.load(small(200).build()).train()).digest());
    }

    @Test
    void load_ofMore_beginsWithTheSame() {
        ImageSet few = images(CifarDatasets.load(small(200).build()).train());
        ImageSet many = images(CifarDatasets.load(small(300).build()).train());

        int[] first = IntStream.range(0, 200).toArray();
        assertThat(many.select(first).digest()).isEqualTo(few.digest());
    }

    @Test
    void load_hasTrainAndTest_inTenEqualClasses_normalisedByTrain() {
        Datasets datasets = CifarDatasets.load(small(200)
                .augmentation(ImmutableAugmentation.builder().pad(4).build())
                .build());

        ImagePartition train = (ImagePartition) datasets.train();
        assertThat(datasets.evaluated()).containsOnlyKeys("test");
        ImagePartition test = (ImagePartition) datasets.evaluated("test");
        assertThat(train.classes()).hasSize(10);
        assertThat(train.images().sizesByClass()).containsOnly(20);
        assertThat(test.images().sizesByClass()).containsOnly(5);
        assertThat(test.normalisation()).isEqualTo(train.normalisation());
        assertThat(train.augmentation().pad()).isEqualTo(4);
        assertThat(test.augmentation().pad()).isZero();
        assertThat(test.images().picture(0)).isNotEqualTo(train.images().picture(0));
    }

    @Test
    void load_withPicturesSetAside_partsThemByTheSplitSeedAlone() {
        Datasets split = CifarDatasets.load(small(200).validationExamples(50).build());
        Datasets again = CifarDatasets.load(small(200).validationExamples(50).build());
        Datasets other = CifarDatasets.load(
                small(200).validationExamples(50).splitSeed(1).build());

        ImageSet validation = images(validation(split));
        assertThat(split.evaluated()).containsOnlyKeys("val", "test");
        assertThat(split.train().size()).isEqualTo(150);
        assertThat(validation.sizesByClass()).containsOnly(5);
        assertThat(images(validation(again)).digest()).isEqualTo(validation.digest());
        assertThat(images(validation(other)).digest()).isNotEqualTo(validation.digest());
        for (int i = 0; i < validation.size(); i++) {
            byte[] picture = validation.picture(i);
            ImageSet train = images(split.train());
            assertThat(IntStream.range(0, train.size()).noneMatch(at -> Arrays.equals(train.picture(at), picture)))
                    .isTrue();
        }
    }

    @Test
    void load_withNothingLeftToTrainOn_saysHowMany() {
        assertThatThrownBy(() ->
                        CifarDatasets.load(small(200).validationExamples(200).build()))
                .isInstanceOf(AssayException.class)
                .hasMessage(
                        "Of 200 training pictures 200 are set aside (validationExamples), which leaves 0; at least 1 must"
                                + " be left to train on.");
    }

    @Test
    @Tag("D4")
    void load_ofSomeClasses_keepsOrNumbersLabels() {
        Datasets kept = CifarDatasets.load(small(200)
                .addClasses("cross down", "ring down")
                .addLeaveOut(9, 19)
                .build());
        Datasets renumbered = CifarDatasets.load(small(200)
                .addClasses("cross down", "ring down")
                .renumber(true)
                .validationExamples(10)
                .putClassLimits("ring down", 3)
                .build());

        assertThat(images(kept.train()).sizesByClass()).containsExactly(0, 0, 0, 20, 0, 0, 0, 0, 0, 18);
        assertThat(images(kept.evaluated("test")).sizesByClass()).containsExactly(0, 0, 0, 5, 0, 0, 0, 0, 0, 5);
        assertThat(renumbered.train().classes()).containsExactly("cross down", "ring down");
        assertThat(images(renumbered.train()).sizesByClass()).containsExactly(15, 3);
        assertThat(images(renumbered.evaluated("val")).sizesByClass()).containsExactly(5, 5);
        assertThat(SplitAudit.of(renumbered).warning()).isEmpty();
    }

    @Test
    @Tag("D4")
    void renumber_withoutClasses_isRefused() {
        assertThatThrownBy(() -> small(200).renumber(true).build())
                .hasMessageContaining("Renumber needs classes, whose order numbers the labels");
    }

    @Test
    @Tag("D2")
    @Tag("D5")
    void load_withCorruptions_addsATestPartitionForEach() {
        Datasets datasets = CifarDatasets.load(small(200)
                .validationExamples(20)
                .addShifted(ImmutableCorruption.builder()
                        .kind(CorruptionKind.FOG)
                        .severity(2)
                        .build())
                .build());

        assertThat(datasets.roles())
                .containsExactly(entry("val", Role.VALIDATE), entry("test", Role.TEST), entry("test-fog-2", Role.TEST));
        assertThat(((ImagePartition) datasets.evaluated("test-fog-2")).change()).isPresent();
    }

    private static ImmutableSyntheticData.Builder small(int trainExamples) {
        return ImmutableSyntheticData.builder().trainExamples(trainExamples).testExamples(50);
    }

    private static Partition validation(Datasets datasets) {
        return datasets.evaluated("val");
    }

    private static ImageSet images(Partition partition) {
        return ((ImagePartition) partition).images();
    }
}
