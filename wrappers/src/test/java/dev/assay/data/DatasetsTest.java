package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D2")
class DatasetsTest {
    private static final ImagePartition TRAIN = ImagePartition.training(Pictures.numbered(10), Augmentation.none());
    private static final ImagePartition OTHER = ImagePartition.evaluation(Pictures.numbered(4), TRAIN.normalisation());

    @Test
    void with_keepsPartitionsAndRolesInOrder() {
        Datasets datasets =
                Datasets.training(TRAIN).with("val", Role.VALIDATE, OTHER).with("test", Role.TEST, OTHER);

        assertThat(datasets.train()).isSameAs(TRAIN);
        assertThat(datasets.evaluated().keySet()).containsExactly("val", "test");
        assertThat(datasets.evaluated("val")).isSameAs(OTHER);
        assertThat(datasets.roles().keySet()).containsExactly("val", "test");
        assertThat(datasets.roles()).containsEntry("val", Role.VALIDATE).containsEntry("test", Role.TEST);
    }

    @Test
    void with_aNameThatIsTaken_isRefused() {
        Datasets datasets = Datasets.training(TRAIN).with("val", Role.VALIDATE, OTHER);

        assertThatThrownBy(() -> datasets.with("val", Role.TEST, OTHER))
                .isInstanceOf(AssayException.class)
                .hasMessage("There is a partition (val) already.");
        assertThatThrownBy(() -> datasets.with("train", Role.TEST, OTHER))
                .isInstanceOf(AssayException.class)
                .hasMessage("There is a partition (train) already.");
    }

    @Test
    void evaluated_ofNoName_saysWhatThereIs() {
        Datasets datasets = Datasets.training(TRAIN).with("val", Role.VALIDATE, OTHER);

        assertThatThrownBy(() -> datasets.evaluated("test"))
                .isInstanceOf(AssayException.class)
                .hasMessage("There is no partition (test) to evaluate; there is [val].");
    }

    @Test
    void batchSize_isKnownWithoutReading() {
        Pass kept = Pass.training(4, new Seed(1), 0, false);

        assertThat(TRAIN.batchCount(kept)).isEqualTo(3);
        assertThat(TRAIN.batchSize(kept, 0)).isEqualTo(4);
        assertThat(TRAIN.batchSize(kept, 2)).isEqualTo(2);
        assertThat(TRAIN.batchCount(Pass.training(4, new Seed(1), 0, true))).isEqualTo(2);
        assertThatThrownBy(() -> TRAIN.batchSize(kept, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
