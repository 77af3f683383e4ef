package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Failure;
import dev.assay.store.FailureKind;
import dev.assay.store.PostgresServer;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes that die, hang or are told to stop. */
class WorkersTest {
    @TempDir
    Path folder;

    private ToyCommands toy;

    @BeforeEach
    void make() {
        toy = new ToyCommands(folder, StoreAddress.of(folder.resolve("store.db")));
    }

    @Test
    @Tag("P7")
    @Tag("R9")
    void run_endlessLoopFloodAndKills_costOneTrialEach() throws Exception {
        String recipe = toy.recipe(
                "base: {data: {}, model: {quality: 0.5}, train: {steps: 2}}",
                "sweep: {grid: {train.fate: [loop, flood, kill, kill-once, learn]}}");

        assertThat(toy.run("run", recipe, "--workers", "2", "--trial-timeout", "4s"))
                .isEqualTo(ExitCode.FAILED);

        List<TrialRecord> trials = toy.trials();
        assertThat(trials)
                .extracting(TrialRecord::state)
                .containsExactly(
                        TrialState.FAILED,
                        TrialState.COMPLETED,
                        TrialState.ABANDONED,
                        TrialState.COMPLETED,
                        TrialState.COMPLETED);
        assertThat(trials).extracting(TrialRecord::attempt).containsExactly(1, 1, 3, 2, 1);
        assertThat(trials.get(0).failure()).contains(Failure.of(FailureKind.TIMED_OUT));
        assertThat(trials.get(0).cause())
                .hasValueSatisfying(
                        cause -> assertThat(cause).startsWith("It took longer than the 4.0 s a trial may take."));
        assertThat(trials.get(2).failure()).contains(Failure.of(FailureKind.KILLED));
        assertThat(trials.get(2).cause())
                .hasValueSatisfying(
                        cause -> assertThat(cause)
                                .startsWith(
                                        "Given up after 3 workers were lost with it. The last: The worker was killed (signal 9)."));
    }

    @Test
    @Tag("R9")
    void run_frozenWorker_isReplacedAfterTwoHeartbeatsAndEnded() throws Exception {
        String recipe = toy.recipe("base: {data: {}, model: {quality: 0.5}, train: {steps: 2, fate: freeze-once}}");
        File log = Files.createFile(folder.resolve("log")).toFile();
        Process process = toy.start(log, "run", recipe, "--workers", "1");
        await(trials -> trials.get(0).state() == TrialState.RUNNING);
        Instant begin = Instant.now();
        List<ProcessHandle> workers = process.descendants().toList();

        await(trials -> trials.get(0).attempt() == 2);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(16));
        assertThat(process.waitFor()).isZero();

        assertThat(toy.trials()).extracting(TrialRecord::state).containsExactly(TrialState.COMPLETED);
        assertThat(workers).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Tag("P7")
    void run_firstFiveTrialsFailAlike_stopsAndLeavesTheOthers() throws Exception {
        String recipe = toy.recipe(
                "base: {data: {}, model: {quality: 0.5}, train: {steps: 1, fate: throw}}", "replicates: 200");

        assertThat(toy.run("run", recipe, "--workers", "2")).isEqualTo(ExitCode.FAILED);

        assertThat(toy.err())
                .contains(
                        "stopped: the first trials all failed in the same way: AssayException: This trial was meant to fail.\n"
                                + "Maybe mend that first (`show ");
        assertThat(toy.trials())
                .extracting(TrialRecord::state)
                .contains(TrialState.QUEUED)
                .filteredOn(TrialState.FAILED::equals)
                .hasSizeBetween(5, 199);
    }

    @Test
    @Tag("P6")
    @Tag("K1")
    void cancelStatusAndRetry_ofARunUnderWay() throws Exception {
        String recipe = toy.recipe(
                "base: {data: {}, model: {quality: 0.5}, train: {steps: 100, stepMillis: 100}}", "replicates: 2");
        File log = Files.createFile(folder.resolve("log")).toFile();
        Process process = toy.start(log, "run", recipe, "--workers", "1");
        await(trials -> trials.get(0).progress() > 0);

        assertThat(toy.run("status")).isZero();
        assertThat(toy.out()).startsWith("""
                experiment  trials  queued  running
                toys             2       1        1

                running     done  for""");
        assertThat(toy.run("status", "toys", "--json")).isZero();
        assertThat(toy.json().at("/experiments/0/states/RUNNING").asInt()).isEqualTo(1);
        assertThat(toy.json().at("/running/0/silentSeconds").asDouble()).isLessThan(10);
        assertThat(toy.run("cancel", "toys")).isZero();
        assertThat(toy.out()).isEqualTo("1 queued cancelled, 1 running told to stop.\n");
        assertThat(process.waitFor()).isZero();
        assertThat(toy.trials()).extracting(TrialRecord::state).containsOnly(TrialState.INTERRUPTED);
        assertThat(toy.trials().get(0).cause()).contains("Cancelled.");

        assertThat(toy.run("retry", toy.trials().get(1).hash().substring(0, 12)))
                .isZero();
        assertThat(toy.out()).isEqualTo("1 trial queued again.\n");
        assertThat(toy.trials())
                .extracting(TrialRecord::state)
                .containsExactly(TrialState.INTERRUPTED, TrialState.QUEUED);
        assertThat(toy.run("retry", "nothing")).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    @Tag("R2")
    @Tag("P9")
    void run_storeOnAServer_isWorkedOnByEverybodyWhoReachesIt() throws Exception {
        toy = new ToyCommands(folder, PostgresServer.newDatabase());
        String recipe = toy.recipe(
                "base: {data: {}, model: {quality: 0.5}, train: {steps: 5, stepMillis: 100}}", "replicates: 8");
        File log = Files.createFile(folder.resolve("log")).toFile();
        Process process = toy.start(log, "run", recipe, "--workers", "1", "--comment", "on a server");
        await(trials -> trials.get(0).state() == TrialState.RUNNING);

        Process other = toy.start(Files.createFile(folder.resolve("log2")).toFile(), "worker", "toys");

        assertThat(other.waitFor()).isZero();
        assertThat(process.waitFor()).isZero();
        assertThat(log).content().contains("8 of 8 trials completed");
        assertThat(toy.trials()).allSatisfy(trial -> {
            assertThat(trial.state()).isEqualTo(TrialState.COMPLETED);
            assertThat(trial.circumstances().comment()).contains("on a server");
        });
        assertThat(folder.resolve(".assay/reports/toys/report.html")).isNotEmptyFile();
    }

    private void await(Predicate<List<TrialRecord>> condition) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (true) {
            List<TrialRecord> trials = toy.trials();
            if (!trials.isEmpty() && condition.test(trials)) {
                return;
            }
            assertThat(Instant.now()).as("trials: %s", trials).isBefore(end);
            Thread.sleep(50);
        }
    }
}
