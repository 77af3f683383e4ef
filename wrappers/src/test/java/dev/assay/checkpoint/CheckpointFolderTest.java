package dev.assay.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.artifact.Artifacts;
import dev.assay.engine.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
    private static final Checkpoint.Maker MAKER = new Checkpoint.Maker("abc", "{}", 2, "engine 1");

    @TempDir
    Path store;

    @Test
    @Tag("E9")
    void write_thenNewest_isTheSameToTheBit() throws Exception {
        Map<String, Double> numbers = new TreeMap<>();
        numbers.put("third", 1.0 / 3);
        numbers.put("nan", Double.NaN);
        numbers.put("minus infinity", Double.NEGATIVE_INFINITY);
        numbers.put("minus zero", -0.0);
        numbers.put("tiny", Double.MIN_VALUE);
        Native.run(memory -> {
            Map<String, NDArray> tensors =
                    Map.of("a", memory.create(new float[] {1, -0f, Float.NaN}), "b", memory.create(7L));

            write(7, tensors, numbers);
            Checkpoint newest = newest(memory);

            assertThat(newest.step()).isEqualTo(7);
            assertThat(newest.numbers()).isEqualTo(numbers);
            assertThat(newest.maker()).isEqualTo(MAKER);
            assertThat(TensorDigest.of(newest.tensors())).isEqualTo(TensorDigest.of(tensors));
        });
    }

    @Test
    @Tag("R14")
    void write_unchangedTensors_areStoredOnce() throws Exception {
        Native.run(memory -> {
            NDArray frozen = memory.ones(new Shape(1000));
            CheckpointFolder folder = folder();
            io(() -> {
                folder.write(checkpoint(1, Map.of("frozen", frozen, "moving", memory.create(1f)), Map.of()));
                folder.write(checkpoint(2, Map.of("frozen", frozen, "moving", memory.create(2f)), Map.of()));
                return 0;
            });

            assertThat(size("step-000000000001.safetensors")).isGreaterThan(4000);
            assertThat(size("step-000000000002.safetensors")).isLessThan(400);
            assertThat(tensor("moving", 2, memory).getFloat()).isEqualTo(2f);

            io(() -> {
                folder.keep(List.of(2L));
                return 0;
            });
            assertThat(io(() -> folder().steps())).containsExactly(2L);
            assertThat(tensor("frozen", 2, memory).sum().getFloat()).isEqualTo(1000f);
        });
    }

    @Test
    @Tag("E7")
    void keep_others_deletesTheirFiles() throws Exception {
        Native.run(memory -> {
            CheckpointFolder folder = folder();
            io(() -> {
                for (int i = 1; i <= 4; i++) {
                    folder.write(checkpoint(i, Map.of("x", memory.create((float) i)), Map.of()));
                }
                folder.keep(List.of(2L, 4L));
                return 0;
            });

            assertThat(folderPath().toFile().list())
                    .containsExactlyInAnyOrder(
                            "step-000000000002.json",
                            "step-000000000002.safetensors",
                            "step-000000000004.json",
                            "step-000000000004.safetensors");
        });
    }

    @Test
    @Tag("E10")
    void newest_flippedByteInTensors_takesTheOneBefore() throws Exception {
        Native.run(memory -> {
            write(1, Map.of("x", memory.create(1f)), Map.of());
            write(2, Map.of("x", memory.create(2f)), Map.of());
            flipLastByte("step-000000000002.safetensors");

            assertThat(newest(memory).step()).isEqualTo(1);
            assertThatThrownBy(() -> folder().read(2, memory))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("tensor (x) is not what was written");
        });
    }

    @Test
    @Tag("E10")
    void newest_damagedManifest_takesTheOneBefore() throws Exception {
        Native.run(memory -> {
            write(1, Map.of("x", memory.create(1f)), Map.of("n", 1.0));
            write(2, Map.of("x", memory.create(2f)), Map.of("n", 2.0));
            Path manifest = folderPath().resolve("step-000000000002.json");

            for (String damaged : List.of(
                    "",
                    "{",
                    "[]",
                    "{\"sha256\":\"0\"}",
                    io(() -> Files.readString(manifest)).replace("2.0", "3.0"))) {
                io(() -> Files.writeString(manifest, damaged));
                assertThat(newest(memory).step()).as(damaged).isEqualTo(1);
            }
        });
    }

    @Test
    @Tag("E10")
    void newest_missingTensors_takesTheOneBefore() throws Exception {
        Native.run(memory -> {
            write(1, Map.of("x", memory.create(1f)), Map.of());
            write(2, Map.of("x", memory.create(2f)), Map.of());
            io(() -> Files.deleteIfExists(folderPath().resolve("step-000000000002.safetensors")));

            assertThat(newest(memory).step()).isEqualTo(1);
        });
    }

    @Test
    @Tag("E11")
    void newest_restsOfAWriteThatWasKilled_areNoCheckpoint() throws Exception {
        Native.run(memory -> {
            write(1, Map.of("x", memory.create(1f)), Map.of());
            io(() -> {
                Files.writeString(folderPath().resolve("step-000000000002.json.123.part"), "{");
                Files.writeString(folderPath().resolve("step-000000000002.safetensors"), "half");
                return 0;
            });

            assertThat(newest(memory).step()).isEqualTo(1);
            write(2, Map.of("x", memory.create(2f)), Map.of());
            assertThat(newest(memory).step()).isEqualTo(2);
        });
    }

    private void write(long step, Map<String, NDArray> tensors, Map<String, Double> numbers) {
        io(() -> {
            folder().write(checkpoint(step, tensors, numbers));
            return 0;
        });
    }

    private static Checkpoint checkpoint(long step, Map<String, NDArray> tensors, Map<String, Double> numbers) {
        return new Checkpoint(step, tensors, numbers, MAKER);
    }

    private Checkpoint newest(NDManager memory) {
        return io(() -> folder().newest(memory)).orElseThrow();
    }

    private NDArray tensor(String name, long step, NDManager memory) {
        return Objects.requireNonNull(
                io(() -> folder().read(step, memory)).tensors().get(name));
    }

    private void flipLastByte(String name) {
        io(() -> {
            Path file = folderPath().resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            return Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        });
    }

    private long size(String name) {
        return io(() -> Files.size(folderPath().resolve(name)));
    }

    private CheckpointFolder folder() {
        return CheckpointFolder.of(Artifacts.in(store), store.resolve("trials/abc"));
    }

    private Path folderPath() {
        return store.resolve("trials/abc/checkpoints");
    }

    private static <T> T io(Callable<T> body) {
        try {
            return body.call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
