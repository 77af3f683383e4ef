package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.store.FailureKind;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in a control group with little memory; only where such a group of the first version can be made. */
@Tag("P5")
class MemoryLimitTest {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup/memory");
    private static final String OWN = ":memory:/";
    private static final int LIMIT = 400 << 20;

    @TempDir
    Path folder;

    private Optional<Path> group = Optional.empty();

    @BeforeEach
    void makeGroup() throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/cgroup"))) {
            group = lines.filter(line -> line.contains(OWN))
                    .map(line -> GROUPS.resolve(line.substring(line.indexOf(OWN) + OWN.length())))
                    .findFirst()
                    .flatMap(MemoryLimitTest::within);
        }
        assumeThat(group).isPresent();
    }

    private static Optional<Path> within(Path own) {
        Path group = own.resolve("assay-test-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(group);
            Files.writeString(group.resolve("memory.limit_in_bytes"), Integer.toString(LIMIT));
            return Optional.of(group);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @AfterEach
    void dropGroup() throws Exception {
        for (int i = 0; group.isPresent() && Files.exists(group.get()) && i < 50; i++) {
            // Processes that were killed may still be leaving it.
            Thread.sleep(i == 0 ? 0 : 100);
            boolean unused = group.get().toFile().delete();
        }
    }

    @Test
    @Tag("P7")
    void run_trialThatTakesMoreMemoryThanThereIs_failsAsThat() throws Exception {
        ToyCommands toy = new ToyCommands(folder, StoreAddress.of(folder.resolve("store.db")));
        String recipe = toy.recipe(
                "base: {data: {}, model: {quality: 0.5}, train: {steps: 1}}",
                "sweep: {grid: {train.fate: [devour, learn]}}");

        runLimited(toy, "export JAVA_TOOL_OPTIONS=-Xmx4g", "run", recipe, "--workers", "1");

        List<TrialRecord> trials = toy.trials();
        assertThat(trials).extracting(TrialRecord::state).containsExactly(TrialState.FAILED, TrialState.COMPLETED);
        assertThat(trials.get(0).failure().orElseThrow().kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
        assertThat(trials.get(0).cause().orElseThrow())
                .startsWith("The kernel ended the worker (signal 9) because memory ran out.");
        assertThat(trials.get(1).circumstances().peakMemory().orElseThrow()).isBetween(10L << 20, (long) LIMIT);
    }

    @Test
    void run_lessMemoryThanTheWorkersNeed_startsFewer() throws Exception {
        ToyCommands toy = new ToyCommands(folder, StoreAddress.of(folder.resolve("store.db")));
        String recipe = toy.recipe("base: {data: {}, model: {quality: 0.5}, train: {steps: 1}}");
        assertThat(toy.run("run", recipe, "--quiet")).isZero();
        toy.recipe("base: {data: {}, model: {quality: 0.5}, train: {steps: 1}}", "replicates: 12");

        assertThat(toy.run("plan", recipe)).isZero();
        assertThat(toy.out()).containsPattern("A worker needs about 0\\.\\d GB of memory, going by 1 similar trial; ");
        runLimited(toy, ":", "run", recipe, "--workers", "12");

        assertThat(Files.readString(folder.resolve("log")))
                .containsPattern("Workers at once: \\d instead of 11\\. A worker needs about 0\\.\\d GB of memory");
        assertThat(toy.trials()).extracting(TrialRecord::state).containsOnly(TrialState.COMPLETED);
    }

    private void runLimited(ToyCommands toy, String before, String... args) throws Exception {
        File log = folder.resolve("log").toFile();
        String script = "echo $$ >" + group.orElseThrow() + "/cgroup.procs; " + before + "; exec \"$@\"";
        Process run = toy.start(log, List.of("/bin/sh", "-c", script, "sh"), args);
        assertThat(run.waitFor(120, TimeUnit.SECONDS)).isTrue();
    }
}
