package dev.assay.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.store.Attempt;
import dev.assay.store.MetricSeries;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is killed, frozen or cut off at whatever moment, the same command finishes, and to the same results. The instants are random; the
 * seed of a failed run stands in its message, though the machine's pace is part of the chance, too.
 */
@Tag("P8")
@Tag("R9")
class CrashMatrixTest {
    /** {@code -Dassay.rounds=200} for a longer run. */
    private static final int ROUNDS = Integer.getInteger("assay.rounds", 3);

    private static final int LONGEST_DELAY = 1200;

    private static final String RECIPE = """
            experiment: crashes
            wrapper: tally
            base: {data: {}, model: {}, train: {steps: 30, stepMillis: 20, checkpointEvery: 3}}
            replicates: 6
            """;

    private final long seed = System.nanoTime();
    private final RandomStream random = new Seed(seed).stream("instants");

    @TempDir
    Path folder;

    @Test
    void run_onSqlite_endsAsTheUndisturbed() throws Exception {
        rounds(
                List.of(Crash.WORKER, Crash.COMMAND, Crash.ALL, Crash.FREEZE),
                round -> StoreAddress.of(round.resolve(".assay/store.db")),
                () -> {});
    }

    @Test
    void run_onPostgres_endsAsTheUndisturbed() throws Exception {
        try (StoreServer server = StoreServer.start(folder.resolve("server"))) {
            rounds(
                    List.of(Crash.SERVER, Crash.ALL, Crash.WORKER, Crash.COMMAND, Crash.FREEZE),
                    round -> server.newDatabase(round.getFileName().toString()),
                    server::killAndRestart);
        }
    }

    private interface Addresses {
        StoreAddress of(Path round) throws Exception;
    }

    private void rounds(List<Crash> kinds, Addresses addresses, Crash.Server server) throws Exception {
        Map<String, String> expected = finished(commands("undisturbed", addresses));
        int crashes = 0;
        for (int i = 0; crashes < ROUNDS; i++) {
            TallyCommands commands = commands("round" + i, addresses);
            boolean isGoing = true;
            while (isGoing && crashes < ROUNDS) {
                isGoing = crashed(commands, kinds.get(crashes % kinds.size()), server);
                crashes++;
                assertNothingAcknowledgedIsLost(commands);
            }
            assertThat(finished(commands))
                    .as("seed %d, after %d crashes", seed, crashes)
                    .isEqualTo(expected);
        }
    }

    private TallyCommands commands(String name, Addresses addresses) throws Exception {
        Path round = Files.createDirectory(folder.resolve(name));
        Files.writeString(round.resolve("recipe.yaml"), RECIPE);
        return new TallyCommands(round, addresses.of(round));
    }

    private static Process run(TallyCommands commands) throws IOException {
        return commands.start("run", "recipe.yaml", "--workers", "2");
    }

    /** Returns whether there is something left for the same command. */
    private boolean crashed(TallyCommands commands, Crash kind, Crash.Server server) throws Exception {
        Process command = run(commands);
        while (command.isAlive() && !isRunning(commands)) {
            Thread.sleep(20);
        }
        if (command.waitFor(random.nextInt(LONGEST_DELAY), TimeUnit.MILLISECONDS)) {
            return false;
        }
        kind.happen(command, random, server);
        if (kind.isSurvived()) {
            assertThat(command.waitFor())
                    .as(
                            "exit code after %s, seed %d: %s",
                            kind, seed, Files.readString(commands.folder().resolve("log")))
                    .isZero();
            return false;
        }
        command.waitFor();
        return true;
    }

    private static boolean isRunning(TallyCommands commands) {
        return TrialStore.openExisting(commands.address())
                .map(store -> {
                    try (store) {
                        return store.trials().stream().anyMatch(trial -> trial.state() == TrialState.RUNNING);
                    }
                })
                .orElse(false);
    }

    /** Values recorded before a checkpoint were acknowledged by the store, or there would be no checkpoint. */
    private static void assertNothingAcknowledgedIsLost(TallyCommands commands) throws IOException {
        try (TrialStore store = TrialStore.open(commands.address())) {
            for (TrialRecord trial : store.trials()) {
                Path checkpoint = commands.folder().resolve(".assay/trials/" + trial.hash() + "/tally");
                if (Files.exists(checkpoint)) {
                    long step = Long.parseLong(Files.readString(checkpoint).split(" ", -1)[0]);
                    MetricSeries series = store.series(trial.hash()).get(0);
                    assertThat(series.step(series.size() - 1)).isGreaterThanOrEqualTo(step);
                }
            }
        }
    }

    /** Finishes the experiment by the same command, and returns what there is then. */
    private static Map<String, String> finished(TallyCommands commands) throws Exception {
        commands.run("run", "recipe.yaml", "--workers", "2");
        Map<String, String> found = new TreeMap<>();
        try (TrialStore store = TrialStore.open(commands.address())) {
            for (TrialRecord trial : store.trialsOf("crashes")) {
                found.put(
                        trial.hash(), trial.state() + " " + trial.metrics() + " " + points(store.series(trial.hash())));
                assertThat(store.attempts(trial.hash()))
                        .filteredOn(attempt -> attempt.state().equals(Optional.of(TrialState.COMPLETED)))
                        .hasSize(1);
                assertThat(store.attempts(trial.hash()))
                        .extracting(Attempt::state)
                        .doesNotContain(Optional.empty());
            }
        }
        assertThat(found.values())
                .hasSize(6)
                .allSatisfy(trial -> assertThat(trial).startsWith("COMPLETED"));
        return found;
    }

    private static String points(List<MetricSeries> all) {
        List<String> points = new ArrayList<>();
        for (MetricSeries series : all) {
            for (int i = 0; i < series.size(); i++) {
                points.add(series.name() + " " + series.step(i) + " " + series.epoch(i) + " " + series.value(i));
            }
        }
        return points.toString();
    }
}
