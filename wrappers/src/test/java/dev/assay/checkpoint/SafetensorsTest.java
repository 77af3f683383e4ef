package dev.assay.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.ElementType;
import dev.assay.engine.Layout;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import dev.assay.golden.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    @Tag("E11")
    void read_written_hasAllTypesShapesAndBytes() throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> tensors = new TreeMap<>();
            for (ElementType type : ElementType.values()) {
                tensors.put(type.name(), memory.arange(6).reshape(2, 3).toType(type.dataType(), true));
            }
            tensors.put("scalar", memory.create(7f));
            tensors.put("empty", memory.zeros(new Shape(0, 3), DataType.FLOAT32));

            Path file = folder.resolve("all.safetensors");
            io(() -> Safetensors.write(file, tensors));
            Map<String, NDArray> read = io(() -> Safetensors.read(file, memory));

            assertThat(read.keySet()).isEqualTo(tensors.keySet());
            assertThat(TensorDigest.of(read)).isEqualTo(TensorDigest.of(tensors));
            assertThat(folder).isDirectoryContaining(path -> path.equals(file));
            assertThat(Objects.requireNonNull(folder.toFile().list())).hasSize(1);
        });
    }

    @Test
    void read_fileOfPyTorch_hasItsTensors() throws Exception {
        Path file = Golden.copy("training.safetensors", folder);

        Native.run(memory -> {
            Map<String, NDArray> tensors = io(() -> Safetensors.read(file, memory));
            assertThat(tensors).containsKeys("initial.conv1.weight", "batches.labels");
            assertThat(tensors.get("batches.x")).extracting(NDArray::getShape).isEqualTo(new Shape(5, 16, 3, 16, 16));
        });
    }

    @Test
    void of_knownTensors_isThisDigestForEver() throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> tensors = Map.of(
                    "b", memory.create(new float[] {1, 2, 3, 4}, new Shape(2, 2)), "a", memory.create(new long[] {5}));

            assertThat(TensorDigest.of(tensors))
                    .isEqualTo("751aa90115a19f0f0a2440d9c673cbd1e4df8b52c5d21412a480a746ae0103b2");
        });
    }

    @Test
    void of_otherLayout_isTheSame_otherContent_isNot() throws Exception {
        Native.run(memory -> {
            NDArray plain = memory.arange(16f).reshape(1, 4, 2, 2);
            String digest = TensorDigest.of(Map.of("w", plain));

            assertThat(TensorDigest.of(Map.of("w", Layout.channelsLast(plain, memory))))
                    .isEqualTo(digest);
            assertThat(TensorDigest.of(Map.of("v", plain))).isNotEqualTo(digest);
            assertThat(TensorDigest.of(Map.of("w", plain.reshape(4, 4)))).isNotEqualTo(digest);
            assertThat(TensorDigest.of(Map.of("w", plain.add(1)))).isNotEqualTo(digest);
            assertThat(TensorDigest.of(Map.of("w", plain.toType(DataType.INT32, true))))
                    .isNotEqualTo(digest);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 40, -1})
    void read_cutShort_isRefused(int length) throws Exception {
        Native.run(memory -> {
            Path file = written(memory);
            byte[] bytes = io(() -> Files.readAllBytes(file));
            int kept = length < 0 ? bytes.length + length : length;
            io(() -> Files.write(file, Arrays.copyOf(bytes, kept)));

            assertThatThrownBy(() -> Safetensors.read(file, memory))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageStartingWith("File (" + file + ") is damaged: ");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                "{\"v\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2]}}",
                "{\"w\":7}",
                "[]]",
                "{}",
            })
    void read_headerThatLies_isRefused(String header) throws Exception {
        Path file = file(header, 8);

        Native.run(memory ->
                assertThatThrownBy(() -> Safetensors.read(file, memory)).isInstanceOf(CorruptFileException.class));
    }

    @Test
    void read_typeTheEngineCannotHold_isRefused() throws Exception {
        Path file = file("{\"w\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[0,8]}}", 8);

        Native.run(memory -> assertThatThrownBy(() -> Safetensors.read(file, memory))
                .isInstanceOf(AssayException.class)
                .hasMessage("Element type (BF16) cannot be held by the native engine; the types are"
                        + " [FLOAT32, FLOAT64, INT64, INT32, INT8, UINT8, BOOLEAN]."));
    }

    private Path written(NDManager memory) {
        Path file = folder.resolve("some.safetensors");
        io(() -> Safetensors.write(file, Map.of("w", memory.arange(16f).reshape(1, 4, 2, 2))));
        return file;
    }

    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(folder.resolve("made.safetensors"), bytes.array());
    }

    private interface Reading<T> {
        T get() throws IOException;
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static <T> T io(Reading<T> body) {
        try {
            return body.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void io(Writing body) {
        io(() -> {
            body.run();
            return true;
        });
    }
}
