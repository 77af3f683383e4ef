package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D10")
class SplitAuditTest {
    private static final ImageSet ALL = Pictures.random(Pictures.FORMAT, 30);

    @Test
    void of_partitionsApart_findsNothing() {
        SplitAudit audit = SplitAudit.of(datasets(ALL.select(0, 1, 2), ALL.select(3, 4)));

        assertThat(audit).isEqualTo(new SplitAudit(List.of(), List.of(), List.of()));
        assertThat(audit.warning()).isEmpty();
    }

    @Test
    void of_partitionsThatOverlap_countsAndNamesExamples() {
        SplitAudit audit = SplitAudit.of(datasets(ALL.select(0, 1, 2, 1), ALL.select(5, 2, 1, 6)));

        assertThat(audit.overlaps())
                .containsExactly(new SplitAudit.Overlap(
                        "train", "test", 2, 4, List.of(new SplitAudit.Pair(2, 1), new SplitAudit.Pair(1, 2))));
        assertThat(audit.duplicates())
                .containsExactly(new SplitAudit.Overlap("train", "train", 1, 4, List.of(new SplitAudit.Pair(1, 3))));
        assertThat(audit.duplicates().get(0))
                .hasToString("1 of 4 examples of train are there before (train 3 = train 1)");
        assertThat(audit.warning())
                .contains(
                        "Partitions overlap: 2 of 4 examples of test are in train (test 1 = train 2, test 2 = train 1).");
    }

    @Test
    void of_manyOverlaps_showsTheFirstFew() {
        ImageSet images = ALL.select(0, 1, 2, 3, 4, 5, 6);

        assertThat(SplitAudit.of(datasets(images, images)).warning().orElseThrow())
                .isEqualTo(
                        "Partitions overlap: 7 of 7 examples of test are in train (test 0 = train 0, test 1 = train 1,"
                                + " test 2 = train 2, test 3 = train 3, test 4 = train 4, …).");
    }

    @Test
    void of_picturesThatDifferInOneByte_findsNothing() {
        byte[] picture = ALL.picture(0);
        picture[picture.length - 1]++;
        ImageSet changed = ImageSet.builder(Pictures.FORMAT, ALL.classes(), 1)
                .set(0, 0, picture)
                .build();

        assertThat(SplitAudit.of(datasets(ALL, changed)).overlaps()).isEmpty();
    }

    @Test
    void of_shiftedPartitions_leavesThemOutAndSaysSo() {
        ImagePartition train = ImagePartition.training(ALL, Augmentation.none());
        Datasets datasets = Datasets.training(train)
                .with("dark", Role.TEST, train.changed((example, picture) -> new byte[picture.length]));

        SplitAudit audit = SplitAudit.of(datasets);

        assertThat(audit.overlaps()).isEmpty();
        assertThat(audit.unread()).containsExactly("dark");
    }

    @Test
    void of_arraysAndCycles_comparesAllButLabels() {
        ArrayPartition one = arrays(new float[] {1, 2, 3, 4}, 0, 0);
        ArrayPartition other = arrays(new float[] {9, 9, 3, 4}, 1, 1);
        Datasets datasets = Datasets.training(Cycle.longest(Map.of("a", one))).with("test", Role.TEST, other);

        assertThat(SplitAudit.of(datasets).overlaps())
                .containsExactly(new SplitAudit.Overlap("train", "test", 1, 2, List.of(new SplitAudit.Pair(1, 1))));
    }

    private static ArrayPartition arrays(float[] features, long... labels) {
        return ArrayPartition.builder()
                .floats("features", new Shape(2), features)
                .longs("label", new Shape(), labels)
                .build();
    }

    private static Datasets datasets(ImageSet train, ImageSet test) {
        ImagePartition partition = ImagePartition.training(train, Augmentation.none());
        return Datasets.training(partition)
                .with("test", Role.TEST, ImagePartition.evaluation(test, partition.normalisation()));
    }
}
