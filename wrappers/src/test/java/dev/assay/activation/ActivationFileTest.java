package dev.assay.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.checkpoint.Safetensors;
import dev.assay.engine.Layout;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import dev.assay.similarity.Matrix;
import dev.assay.similarity.Moments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationFileTest {
    private static final Map<String, Shape> SHAPES = Map.of("conv", new Shape(2, 2, 3), "flat", new Shape(5));

    @TempDir
    Path folder;

    @Test
    @Tag("G3")
    void written_inBatches_isTheWholeTensorsFile() throws Exception {
        Path file = folder.resolve("values.safetensors");
        Native.run(memory -> {
            NDArray conv = Layout.channelsLast(memory.arange(7f * 12).reshape(7, 2, 2, 3), memory);
            NDArray flat = memory.arange(35).reshape(7, 5).toType(DataType.INT64, true);

            io(() -> ActivationFile.write(file, SHAPES, 7, sink -> {
                for (int from = 0; from < 7; from += 3) {
                    sink.add(Map.of("conv", rows(conv, from), "flat", rows(flat, from)));
                }
            }));

            Map<String, NDArray> read = read(file, memory);
            assertThat(read.keySet()).isEqualTo(SHAPES.keySet());
            assertThat(Objects.requireNonNull(read.get("conv")).contentEquals(conv))
                    .isTrue();
            assertThat(Objects.requireNonNull(read.get("flat")).contentEquals(flat.toType(DataType.FLOAT32, true)))
                    .isTrue();
        });
    }

    @Test
    @Tag("G3")
    void read_inBatches_hasAllExamplesInOrder_withoutTheEngine() throws Exception {
        Path file = written();
        List<Matrix> batches = new ArrayList<>();

        try (ActivationFile open = ActivationFile.open(file)) {
            assertThat(open.examples()).isEqualTo(7);
            assertThat(open.shapes()).isEqualTo(SHAPES);
            open.forEachBatch("flat", Units.ALL, 3, batches::add);
        }

        assertThat(batches).extracting(Matrix::rows).containsExactly(3, 3, 1);
        assertThat(batches.get(1).toArray()).startsWith(15, 16).hasSize(15);
        assertThat(batches.get(2).toArray()).containsExactly(30, 31, 32, 33, 34);
    }

    @Test
    @Tag("G8")
    @Tag("G14")
    void units_areValuesMeansOrPositions() throws Exception {
        try (ActivationFile open = ActivationFile.open(written())) {
            assertThat(second(open, Units.ALL).toArray()).startsWith(12, 13, 14).hasSize(12);
            assertThat(second(open, Units.MEANS)).isEqualTo(Matrix.of(1, 2, 14.5, 20.5));
            assertThat(second(open, Units.POSITIONS))
                    .isEqualTo(Matrix.of(6, 2, 12, 18, 13, 19, 14, 20, 15, 21, 16, 22, 17, 23));
        }
        Native.run(memory -> {
            NDArray conv = Layout.channelsLast(memory.arange(12f, 24f).reshape(1, 2, 2, 3), memory);

            assertThat(Units.MEANS.of(conv)).isEqualTo(Matrix.of(1, 2, 14.5, 20.5));
            assertThat(Units.POSITIONS.of(conv).get(0, 1)).isEqualTo(18);
        });
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G14")
    void products_ofTheEngine_areThoseOfTheUnits(Units units) throws Exception {
        Native.run(memory -> {
            NDArray conv = Layout.channelsLast(memory.randomNormal(new Shape(5, 2, 2, 3)), memory);
            NDArray flat = memory.randomNormal(new Shape(5, 4));
            for (NDArray values : List.of(conv, flat)) {
                Matrix rows = units.of(values);
                double[] mean = Moments.of(rows.columns()).add(rows).mean().toArray();
                double[] centred = rows.toArray();
                Arrays.setAll(centred, i -> centred[i] - mean[i % mean.length]);
                Matrix expected = Matrix.of(rows.rows(), rows.columns(), centred);

                assertThat(units.products(values).toArray())
                        .containsExactly(
                                expected.times(expected.transpose()).toArray(),
                                within(units == Units.MEANS ? 1e-6 : 1e-12));
            }
        });
    }

    @Test
    @Tag("G3")
    void evenBatch_leavesNoSmallRest() {
        assertThat(ActivationFile.evenBatch(10_000, 256)).isEqualTo(250);
        assertThat(ActivationFile.evenBatch(257, 256)).isEqualTo(129);
        assertThat(ActivationFile.evenBatch(0, 256)).isEqualTo(1);
        assertThatThrownBy(() -> ActivationFile.evenBatch(5, 0)).hasMessage("The batch size (0) must be positive.");
    }

    @Test
    @Tag("G3")
    void written_withRowsMissing_isRefusedAndLeavesNoFile() throws Exception {
        Path file = folder.resolve("short.safetensors");
        Native.run(memory -> {
            NDArray flat = memory.zeros(new Shape(4, 5));

            assertThatThrownBy(() -> ActivationFile.write(
                            file, Map.of("flat", new Shape(5)), 7, sink -> sink.add(Map.of("flat", flat))))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("Tensor (flat) of the file (" + file + ") should have 7 rows; 4 were written.");
            assertThatThrownBy(() -> ActivationFile.write(
                            file, Map.of("flat", new Shape(6)), 7, sink -> sink.add(Map.of("flat", flat))))
                    .hasMessageContaining("rows of shape (4, 5) do not fit");
            assertThatThrownBy(() -> ActivationFile.write(
                            file, Map.of("flat", new Shape(5)), 7, sink -> sink.add(Map.of("other", flat))))
                    .hasMessage("The file (" + file + ") has no tensor (other); it has [flat].");
        });

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @Tag("G3")
    void opened_whereTensorsAreOfOtherExamples_isRefused() throws Exception {
        Path file = folder.resolve("other.safetensors");
        Native.run(memory -> io(() -> Safetensors.write(
                file, Map.of("a", memory.zeros(new Shape(4, 5)), "b", memory.zeros(new Shape(3, 5))))));

        assertThatThrownBy(() -> ActivationFile.open(file)).hasMessageContaining("must be of the same examples");
        try (ActivationFile open = ActivationFile.open(written())) {
            assertThatThrownBy(() -> open.forEachBatch(List.of("c"), Units.ALL, 3, batch -> {}))
                    .hasMessageEndingWith("has no nodes [c]; it has [conv, flat].");
        }
    }

    private Path written() throws Exception {
        Path file = folder.resolve("some.safetensors");
        Native.run(memory -> io(() -> Safetensors.write(
                file,
                Map.of(
                        "conv", memory.arange(7f * 12).reshape(7, 2, 2, 3),
                        "flat", memory.arange(35f).reshape(7, 5)))));
        return file;
    }

    /** Of the second example only. */
    private static Matrix second(ActivationFile file, Units units) throws IOException {
        List<Matrix> batches = new ArrayList<>();
        file.forEachBatch("conv", units, 1, batches::add);
        return batches.get(1);
    }

    private static NDArray rows(NDArray array, int from) {
        return array.get(new NDIndex(from + ":" + Math.min(7, from + 3)));
    }

    private static Map<String, NDArray> read(Path file, NDManager memory) {
        try {
            return Safetensors.read(file, memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void io(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
