package dev.assay.launching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crashes.Tally;
import dev.assay.launch.Backend;
import dev.assay.launch.JobState;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import dev.assay.run.WorkerName;
import dev.assay.store.Experiment;
import dev.assay.store.Note;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What every backend has to do, with workers of {@link Tally}. */
@Tag("P9")
abstract class LauncherContract {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String LONG = "{\"steps\": 3000, \"stepMillis\": 20, \"checkpointEvery\": 5}";

    @TempDir
    Path folder;

    private TrialStore store;
    private Launcher launcher;

    abstract Backend backend();

    /** The store; its folder is seen by workers. */
    StoreAddress address() {
        return StoreAddress.of(folder.resolve(".assay/store.db"));
    }

    private Launcher open(String experiment) {
        return backend()
                .open(
                        new WorkerJob("tally", Tally.class.getName(), address(), Optional.empty(), experiment, 1),
                        progress -> {});
    }

    @BeforeEach
    void openBoth() {
        store = TrialStore.open(address());
        launcher = open("contract");
    }

    @AfterEach
    void closeBoth() {
        launcher.list().forEach(launcher::cancel);
        launcher.close();
        store.close();
    }

    @Test
    void submit_twoWorkers_runAllTrialsAndEndWell() throws Exception {
        put("contract", 6, "{\"steps\": 40, \"stepMillis\": 10, \"checkpointEvery\": 10}");
        List<String> workers = names(2);

        launcher.submit(workers);

        assertThat(launcher.list()).containsExactlyInAnyOrderElementsOf(workers);
        await(() -> workers.stream().noneMatch(worker -> launcher.state(worker).isAlive()));
        assertThat(workers).extracting(launcher::state).containsOnly(new JobState.Ended(0, false));
        assertThat(trials()).extracting(TrialRecord::state).containsOnly(TrialState.COMPLETED);
        assertThat(trials())
                .extracting(trial -> trial.circumstances().worker().orElseThrow())
                .allMatch(workers::contains);
        assertThat(launcher.logs(workers.get(0), 5).lines().count()).isLessThanOrEqualTo(5);
    }

    @Test
    void stop_workerInATrial_endsItSoonAndTheTrialIsForOthers() throws Exception {
        put("contract", 1, LONG);
        String worker = begun();

        launcher.stop(worker);

        await(() -> !launcher.state(worker).isAlive());
        assertThat(trials())
                .extracting(TrialRecord::state)
                .allMatch(state -> state == TrialState.QUEUED || state == TrialState.INTERRUPTED);
    }

    @Test
    void cancel_workerInATrial_endsItAtOnce() throws Exception {
        put("contract", 1, LONG);
        String worker = begun();

        launcher.cancel(worker);

        await(() -> !launcher.state(worker).isAlive());
    }

    @Test
    void state_processEndsItself_tellsItsExitCode() throws Exception {
        put("contract", 1, "{\"steps\": 3, \"fate\": \"exit\"}");
        List<String> worker = names(1);

        launcher.submit(worker);

        await(() -> !launcher.state(worker.get(0)).isAlive());
        assertThat(launcher.state(worker.get(0))).isEqualTo(new JobState.Ended(Tally.EXIT, false));
    }

    @Test
    void list_anotherLauncher_findsTheWorkersOfItsExperimentAlone() throws Exception {
        put("contract", 1, LONG);
        put("other", 1, LONG);
        String worker = begun();

        try (Launcher same = open("contract");
                Launcher other = open("other")) {
            assertThat(other.list()).isEmpty();
            assertThat(same.list()).isEqualTo(backend().outlivesCommand() ? List.of(worker) : List.of());
        }
        assertThat(launcher.state(worker)).isEqualTo(new JobState.Running());
    }

    private String begun() throws InterruptedException {
        List<String> worker = names(1);
        launcher.submit(worker);
        await(() -> trials().get(0).progress() > 0);
        return worker.get(0);
    }

    private static List<String> names(int count) {
        String run = WorkerName.create();
        return IntStream.rangeClosed(1, count).mapToObj(i -> run + "-" + i).toList();
    }

    private List<TrialRecord> trials() {
        return store.trialsOf("contract");
    }

    private void put(String experiment, int trials, String train) {
        Experiment empty =
                new Experiment(experiment, Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of());
        store.put(
                empty,
                IntStream.range(0, trials)
                        .mapToObj(seed -> spec(experiment, seed, train))
                        .toList(),
                Note.mine(Optional.empty()));
    }

    private static TrialSpec spec(String experiment, int seed, String train) {
        String config = "{\"data\": {}, \"model\": {}, \"train\": " + train + ", \"seed\": " + seed + "}";
        return new TrialSpec(
                String.format("%s-%055d", experiment, seed),
                "tally",
                experiment,
                "model",
                "train-" + experiment,
                experiment + seed,
                (ObjectNode) JsonMapper.shared().readTree(config),
                Optional.empty());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin).isLessThan(PATIENCE.toNanos());
            Thread.sleep(POLL.toMillis());
        }
    }
}
