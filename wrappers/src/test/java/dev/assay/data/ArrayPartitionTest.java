package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.checkpoint.Safetensors;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("D6")
@Tag("D7")
class ArrayPartitionTest {
    private static final Pass PASS = Pass.training(3, new Seed(11), 0, false);

    @TempDir
    Path folder = Path.of("");

    @Test
    void evaluation_isTheArraysInOrder() {
        try (NDManager manager = NDManager.newBaseManager();
                BatchStream batches = small().batches(Pass.evaluation(2))) {
            Batch first = batches.next(manager);

            assertThat(first.names()).containsExactly("byte", "features", "label");
            assertThat(first.get("features").toFloatArray()).containsExactly(0, 1, 10, 11);
            assertThat(first.get("features").getShape()).isEqualTo(new Shape(2, 2));
            assertThat(first.get("label").toLongArray()).containsExactly(0, 1);
            assertThat(first.get("byte").getDataType()).isEqualTo(DataType.UINT8);
            assertThat(first.get("byte").toUint8Array()).containsExactly(255, 7);
        }
        assertThat(small().shapes())
                .isEqualTo(Map.of("features", new Shape(2), "label", new Shape(), "byte", new Shape()));
        assertThat(small().size()).isEqualTo(5);
        assertThat(small().withClasses(List.of("x", "y")).classes()).containsExactly("x", "y");
    }

    @Test
    void training_shufflesAllArraysTogether_anewEachEpoch() {
        long[] first = Batches.longs(small(), PASS, "label");
        long[] second = Batches.longs(small(), Pass.training(3, new Seed(11), 1, false), "label");

        assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(second).containsExactlyInAnyOrder(0, 1, 2, 3, 4).isNotEqualTo(first);
        assertThat(Batches.longs(small(), PASS, "label")).isEqualTo(first);
        try (NDManager manager = NDManager.newBaseManager();
                BatchStream batches = small().batches(PASS)) {
            Batch batch = batches.next(manager);
            for (int i = 0; i < 3; i++) {
                assertThat(batch.get("features").getFloat(i, 0))
                        .isEqualTo(10f * (float) batch.get("label").getLong(i));
            }
        }
    }

    @Test
    void skip_anywhere_leavesLaterBatchesBitForBit() {
        List<Batches.Copy> all = Batches.read(small(), PASS);

        for (int skipped = 0; skipped <= 2; skipped++) {
            assertThat(Batches.readAfter(skipped, small(), PASS)).isEqualTo(all.subList(skipped, 2));
        }
    }

    @Test
    void pictures_comeChannelsLastWithTheSameValues() {
        float[] values = new float[2 * 2 * 3 * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        ArrayPartition partition = ArrayPartition.builder()
                .floats("image", new Shape(2, 3, 4), values)
                .build();

        try (NDManager manager = NDManager.newBaseManager();
                BatchStream batches = partition.batches(Pass.evaluation(2))) {
            NDArray image = batches.next(manager).get("image");

            assertThat(image.getShape()).isEqualTo(new Shape(2, 2, 3, 4));
            assertThat(image.toFloatArray()).containsExactly(values);
            assertThat(image.transpose(0, 2, 3, 1).flatten().toFloatArray()).startsWith(0, 12, 1, 13, 2);
        }
    }

    @Test
    void read_ofAFile_givesTheArraysThatWereWritten() throws IOException {
        Path file = folder.resolve("features.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            Safetensors.write(
                    file,
                    Map.of(
                            "image", manager.arange(24f).reshape(2, 1, 3, 4),
                            "label", manager.create(new long[] {1, 0})));
        }

        ArrayPartition partition = ArrayPartition.read(file);

        assertThat(partition.shapes()).isEqualTo(Map.of("image", new Shape(1, 3, 4), "label", new Shape()));
        assertThat(Batches.longs(partition, Pass.evaluation(5), "label")).containsExactly(1, 0);
        try (NDManager manager = NDManager.newBaseManager();
                BatchStream batches = partition.batches(Pass.evaluation(2))) {
            assertThat(batches.next(manager).get("image").toFloatArray())
                    .startsWith(0, 1, 2)
                    .endsWith(22, 23);
        }
    }

    @Test
    void select_keepsTheOrderAsked() {
        assertThat(Batches.longs(small().select(4, 0, 4), Pass.evaluation(2), "label"))
                .containsExactly(4, 0, 4);
        assertThatThrownBy(() -> small().select(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void memory_ofABatch_isValidUntilTheSecondNextAfterIt() {
        try (NDManager manager = NDManager.newBaseManager();
                BatchStream batches = small().batches(Pass.evaluation(1))) {
            Batch previous = batches.next(manager);
            for (int i = 1; batches.hasNext(); i++) {
                Batch current = batches.next(manager);
                assertThat(previous.get("label").toLongArray()).containsExactly(i - 1);
                previous = current;
            }
        }
    }

    @Test
    void arrays_thatDoNotFit_areRefused() {
        ArrayPartition.Builder uneven =
                ArrayPartition.builder().longs("a", new Shape(), 1, 2).longs("b", new Shape(), 1, 2, 3);

        assertThatThrownBy(uneven::build)
                .isInstanceOf(AssayException.class)
                .hasMessage("The arrays have numbers of examples {a=2, b=3}; there must be at least one array and all"
                        + " must have the same number.");
        assertThatThrownBy(() -> ArrayPartition.builder().floats("a", new Shape(2), 1, 2, 3))
                .isInstanceOf(AssayException.class)
                .hasMessage("Array (a) has 3 values; examples of shape (2) need a multiple of 2.");
        assertThatThrownBy(() -> uneven.longs("a", new Shape(), 1))
                .isInstanceOf(AssayException.class)
                .hasMessage("There is an array (a) already.");
        assertThatThrownBy(() -> ArrayPartition.copyOf(Map.of()))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("The arrays have numbers of examples {}");
    }

    @Test
    void stream_misused_saysSo() {
        BatchStream batches = small().batches(Pass.evaluation(5));
        batches.skip(1);
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatThrownBy(() -> batches.next(manager)).isInstanceOf(NoSuchElementException.class);
            batches.close();
            assertThatThrownBy(() -> batches.next(manager)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void requireShapes_ofAnotherBatch_showsBothSides() {
        try (NDManager manager = NDManager.newBaseManager();
                BatchStream batches = small().batches(Pass.evaluation(5))) {
            Batch batch = batches.next(manager);

            batch.requireShapes(small().shapes());
            batch.requireShapes(Map.of("label", new Shape()));
            assertThatThrownBy(() -> batch.requireShapes(Map.of("features", new Shape(3), "label", new Shape())))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("A batch of 5 examples has arrays {byte=(5), features=(5, 2), label=(5)}; its partition"
                            + " promised {features=(5, 3), label=(5)}.");
        }
    }

    private static ArrayPartition small() {
        return ArrayPartition.builder()
                .floats("features", new Shape(2), 0, 1, 10, 11, 20, 21, 30, 31, 40, 41)
                .longs("label", new Shape(), 0, 1, 2, 3, 4)
                .bytes("byte", new Shape(), (byte) 255, (byte) 7, (byte) 1, (byte) 2, (byte) 3)
                .build();
    }
}
