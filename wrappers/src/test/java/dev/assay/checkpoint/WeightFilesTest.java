package dev.assay.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.artifact.Artifacts;
import dev.assay.engine.Native;
import dev.assay.store.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R14")
class WeightFilesTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    Path store;

    @Test
    void save_equalTensorsOfOtherWeights_areStoredOnce() throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> first = Map.of("backbone", large(1, memory), "head", large(2, memory));
            Map<String, NDArray> second = Map.of("renamed", large(1, memory), "head", large(3, memory));

            save(first);
            Weights saved = save(second);

            assertThat(names("tensors"))
                    .containsExactlyInAnyOrder(file(large(1, memory)), file(large(2, memory)), file(large(3, memory)));
            assertThat(TensorDigest.of(load(saved, memory))).isEqualTo(TensorDigest.of(second));
            assertThat(saved.sha256()).isEqualTo(TensorDigest.of(second));
            assertThat(saved.bytes()).isEqualTo(2 * 4 * 1024);
        });
    }

    @Test
    void load_equalTensorsOfOneModel_areApart() throws Exception {
        Native.run(memory -> {
            Weights weights = save(Map.of("first", large(1, memory), "second", large(1, memory)));

            Map<String, NDArray> loaded = load(weights, memory);
            Objects.requireNonNull(loaded.get("first")).subi(1);

            assertThat(names("tensors")).hasSize(1);
            assertThat(Objects.requireNonNull(loaded.get("second")).contentEquals(large(1, memory)))
                    .isTrue();
        });
    }

    @Test
    void save_tensorsSmallerThanABlock_areTogetherInOneFile() throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> tensors = Map.of(
                    "weight", large(1, memory), "bias", memory.ones(new Shape(1023)), "count", memory.create(7L));

            Weights weights = save(tensors);

            assertThat(names("tensors")).hasSize(1);
            assertThat(io(() ->
                            Safetensors.read(store.resolve("weights/" + weights.sha256() + ".safetensors"), memory)))
                    .containsOnlyKeys("bias", "count");
            assertThat(TensorDigest.of(load(weights, memory))).isEqualTo(weights.sha256());
            assertThat(io(() -> new WeightFiles(Artifacts.in(store)).files(Path.of(weights.file()))))
                    .isEqualTo(Set.of(
                            Path.of("tensors", file(large(1, memory))),
                            Path.of("weights/" + weights.sha256() + ".safetensors")));
        });
    }

    @Test
    void save_equalWeightsTwice_changesNothingButTheirAge() throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> tensors = Map.of("w", large(1, memory), "b", memory.create(1f));
            Weights first = save(tensors);
            List<Path> files = files();
            files.forEach(file -> io(() -> Files.setLastModifiedTime(file, LONG_AGO)));

            assertThat(save(tensors)).isEqualTo(first);

            assertThat(files()).isEqualTo(files);
            assertThat(files)
                    .allSatisfy(file -> assertThat(io(() -> Files.getLastModifiedTime(file)))
                            .isGreaterThan(LONG_AGO));
        });
    }

    @Test
    void save_any_isReadableByWhoeverMayReadOtherFiles() throws Exception {
        Path ordinary = Files.writeString(store.resolve("ordinary"), "");
        Native.run(memory -> {
            save(Map.of("w", large(1, memory), "b", memory.create(1f)));

            assertThat(files())
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(io(() -> Files.getPosixFilePermissions(file)))
                            .isEqualTo(io(() -> Files.getPosixFilePermissions(ordinary))));
        });
    }

    @Test
    void load_damagedTensor_isRefusedUntilTheSameTensorIsSavedAgain() throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> tensors = Map.of("w", large(1, memory));
            Weights weights = save(tensors);
            Path file = store.resolve("tensors").resolve(file(large(1, memory)));
            flipLastByte(file);

            assertThatThrownBy(() -> load(weights, memory))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageStartingWith("File (" + file + ") is damaged: tensor (w) is not what was written.");

            save(Map.of("another", large(1, memory)));
            assertThat(TensorDigest.of(load(weights, memory))).isEqualTo(weights.sha256());
        });
    }

    @Test
    void load_damagedList_isRefused() throws Exception {
        Native.run(memory -> {
            Weights weights = save(Map.of("w", large(1, memory), "b", memory.create(1f)));
            Path list = store.resolve(weights.file());
            String text = io(() -> Files.readString(list));

            for (String damaged : List.of("", text.substring(9), text.replace("\"b\"", "\"c\""))) {
                io(() -> Files.writeString(list, damaged));
                assertThatThrownBy(() -> load(weights, memory)).as(damaged).isInstanceOf(CorruptFileException.class);
            }
        });
    }

    @Test
    void export_any_isOneFileOfTheFormat() throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> tensors = Map.of("w", large(1, memory).reshape(32, 32), "b", memory.create(1f));
            Weights weights = save(tensors);
            Path file = store.resolve("out/exported.safetensors");

            assertThat(io(() -> new WeightFiles(Artifacts.in(store)).export(weights, file, memory)))
                    .isEqualTo(Map.of("w", List.of(32L, 32L), "b", List.of()));

            assertThat(TensorDigest.of(io(() -> Safetensors.read(file, memory))))
                    .isEqualTo(weights.sha256());
        });
    }

    @Test
    void checkpoint_tensorsThatWeightsHave_refersToThem() throws Exception {
        Native.run(memory -> {
            save(Map.of("backbone", large(1, memory)));
            CheckpointFolder folder = CheckpointFolder.of(Artifacts.in(store), store.resolve("trials/abc"));
            Checkpoint checkpoint = new Checkpoint(
                    1,
                    Map.of("model.frozen", large(1, memory), "model.moving", large(2, memory)),
                    Map.of(),
                    new Checkpoint.Maker("abc", "{}", 2, "engine 1"));

            io(() -> {
                folder.write(checkpoint);
                return 0;
            });

            assertThat(io(() -> Safetensors.read(
                            store.resolve("trials/abc/checkpoints/step-000000000001.safetensors"), memory)))
                    .containsOnlyKeys("model.moving");
            assertThat(io(folder::usedFiles)).contains(Path.of("tensors", file(large(1, memory))));
            Map<String, NDArray> read = io(() -> folder.read(1, memory)).tensors();
            assertThat(TensorDigest.of(read)).isEqualTo(TensorDigest.of(checkpoint.tensors()));
        });
    }

    @Test
    void save_onAFullDisk_saysSoAndLeavesNothingBroken() throws Exception {
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", store.toString()) == 0);
        try {
            Native.run(memory -> {
                Weights before = save(Map.of("w", large(1, memory)));
                List<Path> files = files();

                assertThatThrownBy(() -> save(Map.of("w", memory.ones(new Shape(100_000)))))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("cannot be written: the disk is full.\nMaybe `gc` frees some room");

                assertThat(files()).isEqualTo(files);
                assertThat(TensorDigest.of(load(before, memory))).isEqualTo(before.sha256());
            });
        } finally {
            run("umount", "--lazy", store.toString());
        }
    }

    private Weights save(Map<String, NDArray> tensors) {
        return io(() -> new WeightFiles(Artifacts.in(store)).save(tensors));
    }

    private Map<String, NDArray> load(Weights weights, NDManager memory) {
        return io(() -> new WeightFiles(Artifacts.in(store)).load(weights, memory));
    }

    /** As large as a tensor must be to have a file of its own. */
    private static NDArray large(float value, NDManager memory) {
        return memory.full(new Shape(1024), value);
    }

    private static String file(NDArray tensor) {
        return TensorDigest.of(tensor) + ".safetensors";
    }

    private List<String> names(String folder) {
        return List.of(Objects.requireNonNull(store.resolve(folder).toFile().list()));
    }

    private List<Path> files() {
        return io(() -> {
            try (Stream<Path> all = Files.walk(store)) {
                return all.filter(Files::isRegularFile).sorted().toList();
            }
        });
    }

    private static void flipLastByte(Path file) {
        io(() -> {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            return Files.write(file, bytes);
        });
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private interface Reading<T> {
        T get() throws IOException;
    }

    private static <T> T io(Reading<T> body) {
        try {
            return body.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
