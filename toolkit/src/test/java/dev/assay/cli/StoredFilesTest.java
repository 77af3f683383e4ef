package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.artifact.Artifacts;
import dev.assay.store.Ending;
import dev.assay.store.Lease;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialStore;
import dev.assay.store.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R14")
class StoredFilesTest {
    @TempDir
    Path folder;

    @Test
    void gc_deletesWhatNoTrialNeeds_andNothingYoung() throws Exception {
        StoreAddress address = StoreAddress.of(folder.resolve("store.db"));
        ToyCommands toy = new ToyCommands(folder, address);
        String recipe = toy.recipe("base: {data: {}, model: {quality: 0.5}, train: {steps: 1}}");
        assertThat(toy.run("run", recipe, "--quiet")).isZero();
        String hash = toy.trials().get(0).hash();
        Path used = old("weights/used.safetensors");
        try (TrialStore store = TrialStore.open(address)) {
            store.force("toys");
            Lease lease = store.lease("toys", "w", Duration.ofMinutes(1)).orElseThrow();
            Weights weights = new Weights("ab", "weights/used.safetensors", 4);
            store.finish(lease, Ending.completed(Map.of(), Optional.of(weights)));
        }
        Path own = old("trials/" + hash + "/checkpoint");
        Path foreign = old("trials/" + "0".repeat(64) + "/checkpoint");
        Path replaced = old("weights/replaced.safetensors");
        Path torn = old("trials/" + hash + "/checkpoint.part");
        Path unshared = old("tensors/unshared.safetensors");
        Path log = old("logs/worker-old.log");
        Path young = write("weights/young.safetensors");

        assertThat(toy.run("du")).isZero();
        assertThat(toy.out().lines().map(line -> line.replaceAll("^(\\S+) +(\\S+) .*", "$1 $2")))
                .contains("weights 4", "trials 3", "reports 1");
        assertThat(toy.run("gc", "--dry-run")).isZero();
        assertThat(toy.out().lines())
                .containsExactlyInAnyOrder(
                        replaced.toString(),
                        unshared.toString(),
                        foreign.toString(),
                        torn.toString(),
                        log.toString(),
                        "5 files of 0.0 kB would be deleted.");
        assertThat(replaced).exists();
        assertThat(toy.run("gc")).isZero();
        assertThat(toy.out()).isEqualTo("5 files of 0.0 kB deleted.\n");

        assertThat(used).exists();
        assertThat(own).exists();
        assertThat(young).exists();
        assertThat(replaced).doesNotExist();
        assertThat(unshared).doesNotExist();
        assertThat(foreign).doesNotExist();
        assertThat(torn).doesNotExist();
        assertThat(log).doesNotExist();
    }

    @Test
    void collect_fileThatATrialHasComeToNeed_staysAsItWas() throws Exception {
        Path shared = old("tensors/shared.safetensors");
        Artifacts artifacts = Artifacts.in(folder);
        Files.setLastModifiedTime(shared, FileTime.from(Instant.now()));

        artifacts.collect("tensors/shared.safetensors");
        assertThat(shared).hasContent("file");
        assertThat(folder.resolve("tensors").toFile().list()).hasSize(1);

        old("tensors/shared.safetensors");
        artifacts.collect("tensors/shared.safetensors");
        artifacts.collect("tensors/shared.safetensors");
        assertThat(folder.resolve("tensors")).isEmptyDirectory();
    }

    private Path old(String name) throws IOException {
        Path file = write(name);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "file");
    }
}
