package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.metric.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TrialStoreTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private TrialStore store;

    @BeforeEach
    void open() {
        store = TrialStore.open(folder.resolve("store.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @Tag("R2")
    @Tag("R3")
    void put_twice_keepsEachTrialAndPartOnce() throws Exception {
        store.put(experiment("a"), List.of(trial(1), trial(2)));
        store.put(experiment("a"), List.of(trial(1), trial(2)));
        store.put(experiment("b"), List.of(trial(2), trial(3)));

        assertThat(store.trials()).hasSize(3);
        assertThat(store.trialsOf("b")).extracting(TrialRecord::hash).containsExactly("trial2", "trial3");
        assertThat(count("data")).isEqualTo(1);
        assertThat(count("seed")).isEqualTo(3);
    }

    @Test
    @Tag("R3")
    void put_badEntry_insertsNothing() {
        TrialSpec bad =
                new TrialSpec("trial9", "w", "data", "model", "train", "seed1", trial(1).config(), Optional.empty());

        assertThatThrownBy(() -> store.put(experiment("a"), List.of(trial(1), bad)))
                .isInstanceOf(RuntimeException.class);

        assertThat(store.trials()).isEmpty();
        assertThat(store.experiments()).isEmpty();
    }

    @Test
    void put_unfinishedTrial_takesMachineLocalValuesOfTheLastRequest() {
        store.put(experiment("a"), List.of(trial(1)));
        ObjectNode moved = trial(1).config();
        ((ObjectNode) moved.get("data")).put("dir", "elsewhere");
        store.put(
                experiment("a"),
                List.of(new TrialSpec("trial1", "w", "data", "model", "train", "seed1", moved, Optional.empty())));

        assertThat(store.trialsOf("a").get(0).config().at("/data/dir").asString())
                .isEqualTo("elsewhere");
    }

    @Test
    @Tag("R9")
    void lease_leasesInOrderOfThePlanAndEachOnce() {
        store.put(experiment("a"), List.of(trial(2), trial(1)));

        assertThat(store.lease("a", "w1", TEN_SECONDS))
                .map(l -> l.trial().hash())
                .contains("trial2");
        assertThat(store.lease("a", "w2", TEN_SECONDS))
                .map(l -> l.trial().hash())
                .contains("trial1");
        assertThat(store.lease("a", "w3", TEN_SECONDS)).isEmpty();
    }

    @Test
    @Tag("R10")
    void finish_completedTrial_hasMetricsSeriesAndWeights() {
        store.put(experiment("a"), List.of(trial(1)));
        Lease lease = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        store.write(
                lease,
                0.5,
                List.of(
                        new MetricPoint("train.loss", 1, 0.5, 0.1, 2.5),
                        new MetricPoint("train.loss", 2, 1, 0.2, Double.NaN),
                        new MetricPoint("val.accuracy", 2, 1, 0.2, 0.75)),
                TEN_SECONDS);

        boolean held = store.finish(
                lease, Ending.completed(Map.of("val.accuracy", 0.75), Optional.of(new Weights("ab", "weights/ab", 7))));

        assertThat(held).isTrue();
        TrialRecord trial = store.trialsOf("a").get(0);
        assertThat(trial.state()).isEqualTo(TrialState.COMPLETED);
        assertThat(trial.metrics()).containsExactly(Map.entry("val.accuracy", 0.75));
        assertThat(trial.weights()).contains(new Weights("ab", "weights/ab", 7));
        assertThat(trial.progress()).isEqualTo(1);
        List<MetricSeries> series = store.series("trial1");
        assertThat(series).extracting(MetricSeries::name).containsExactly("train.loss", "val.accuracy");
        assertThat(series.get(0).size()).isEqualTo(2);
        assertThat(series.get(0).value(0)).isEqualTo(2.5);
        assertThat(series.get(0).value(1)).isNaN();
        assertThat(series.get(0).epoch(1)).isEqualTo(1);
    }

    @Test
    @Tag("R9")
    void write_afterTheTrialWentToAnother_writesNothing() {
        store.put(experiment("a"), List.of(trial(1)));
        Lease lost = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        store.endOrphan("w1", Ending.without(TrialState.FAILED, "killed"));
        store.requeue("a");
        Lease held = store.lease("a", "w2", TEN_SECONDS).orElseThrow();

        assertThat(store.write(lost, 1, List.of(new MetricPoint("m", 1, 1, 1, 1)), TEN_SECONDS))
                .isFalse();
        assertThat(store.finish(lost, Ending.completed(Map.of(), Optional.empty())))
                .isFalse();
        assertThat(store.series("trial1")).isEmpty();
        assertThat(held.attempt()).isEqualTo(2);
        assertThat(store.finish(held, Ending.completed(Map.of(), Optional.empty())))
                .isTrue();
    }

    @Test
    @Tag("R9")
    void reclaimExpired_leaseOfAVanishedWorker_isQueuedAgain() {
        store.close();
        Path file = folder.resolve("store.db");
        Clock now = Clock.systemUTC();
        store = SqliteTrialStore.open(file, now);
        store.put(experiment("a"), List.of(trial(1)));
        store.lease("a", "w1", TEN_SECONDS);

        assertThat(store.reclaimExpired()).isZero();
        store.close();
        store = SqliteTrialStore.open(file, Clock.offset(now, Duration.ofSeconds(11)));
        assertThat(store.reclaimExpired()).isEqualTo(1);
        assertThat(store.trialsOf("a").get(0).state()).isEqualTo(TrialState.QUEUED);
    }

    @Test
    @Tag("R9")
    void endOrphan_failedTrial_keepsCauseAndLastLog() {
        store.put(experiment("a"), List.of(trial(1)));
        store.lease("a", "w1", TEN_SECONDS);

        store.endOrphan(
                "w1", Ending.without(TrialState.FAILED, "killed by signal 9").withLastLog("line 1\nline 2"));

        TrialRecord trial = store.trialsOf("a").get(0);
        assertThat(trial.state()).isEqualTo(TrialState.FAILED);
        assertThat(trial.cause()).contains("killed by signal 9");
        assertThat(trial.lastLog()).contains("line 1\nline 2");
        assertThat(store.endOrphan("w1", Ending.without(TrialState.FAILED, "again")))
                .isEmpty();
    }

    @Test
    @Tag("R7")
    void requeue_leavesCompletedTrialsAlone_forceDoesNot() {
        store.put(experiment("a"), List.of(trial(1), trial(2)));
        store.finish(
                store.lease("a", "w", TEN_SECONDS).orElseThrow(), Ending.completed(Map.of("m", 1.0), Optional.empty()));
        store.finish(store.lease("a", "w", TEN_SECONDS).orElseThrow(), Ending.without(TrialState.FAILED, "no memory"));

        assertThat(store.requeue("a")).isEqualTo(1);
        assertThat(store.trialsOf("a"))
                .extracting(TrialRecord::state)
                .containsExactly(TrialState.COMPLETED, TrialState.QUEUED);
        assertThat(store.force("a")).isEqualTo(1);
        assertThat(store.trialsOf("a")).extracting(TrialRecord::state).containsOnly(TrialState.QUEUED);
    }

    @Test
    @Tag("R1")
    void withPrefix_findsByTheFirstDigitsOnly() {
        store.put(experiment("a"), List.of(trial(1), trial(2)));

        assertThat(store.withPrefix("trial")).hasSize(2);
        assertThat(store.withPrefix("trial2")).hasSize(1);
        assertThat(store.withPrefix("%")).isEmpty();
    }

    @Test
    void experiment_readBack_isWhatWasPut() {
        Experiment experiment = new Experiment(
                "a",
                Optional.of("Which is better?"),
                Optional.of("val.accuracy"),
                Map.of("train.lr", JSON.readTree("0.1")),
                Optional.of("a.yaml"),
                List.of(
                        new Experiment.Source("RECIPE", "a.yaml", "experiment: a"),
                        new Experiment.Source("COMMAND_LINE", "--set 1", "base.seed=3")));
        store.put(experiment, List.of(trial(1)));

        assertThat(store.experiment("a")).contains(experiment);
        assertThat(store.experiment("b")).isEmpty();
    }

    @Test
    void metrics_declaredTwice_keepsTheLast() {
        store.declare("w", List.of(Metric.minimize("loss"), Metric.minimize("accuracy")));
        store.declare("w", List.of(Metric.maximize("accuracy").withUnit("fraction")));

        assertThat(store.metrics("w"))
                .containsOnly(
                        Map.entry("loss", Metric.minimize("loss")),
                        Map.entry("accuracy", Metric.maximize("accuracy").withUnit("fraction")));
    }

    @Test
    void open_storeOfANewerVersion_isRefused() throws Exception {
        store.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> TrialStore.open(folder.resolve("store.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has version 99; this program knows versions up to 2.")
                .hasMessageContaining("Maybe it was made by a newer Assay.");
    }

    @Test
    void open_notAStore_saysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.db"), "dear diary, this is no database at all");

        assertThatThrownBy(() -> TrialStore.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("The store (" + file + ") cannot be opened");
    }

    @Test
    @Tag("R3")
    void manyStoresAtOnce_everyTrialIsLeasedExactlyOnce() throws Exception {
        List<TrialSpec> trials =
                IntStream.range(0, 40).mapToObj(TrialStoreTest::trial).toList();
        Path shared = folder.resolve("shared.db");
        Set<String> leased = ConcurrentHashMap.newKeySet();
        var pool = Executors.newFixedThreadPool(8);

        List<Future<Integer>> counts = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            String name = "w" + worker;
            counts.add(pool.submit(() -> {
                int mine = 0;
                try (TrialStore own = TrialStore.open(shared)) {
                    own.put(experiment("a"), trials);
                    for (var lease = own.lease("a", name, TEN_SECONDS); lease.isPresent(); mine++) {
                        leased.add(lease.get().trial().hash());
                        own.write(lease.get(), 1, List.of(new MetricPoint("m", 1, 1, 1, 1)), TEN_SECONDS);
                        own.finish(lease.get(), Ending.completed(Map.of("m", 1.0), Optional.empty()));
                        lease = own.lease("a", name, TEN_SECONDS);
                    }
                }
                return mine;
            }));
        }
        int total = 0;
        for (Future<Integer> count : counts) {
            total += count.get();
        }
        pool.shutdown();

        assertThat(total).isEqualTo(40);
        assertThat(leased).hasSize(40);
    }

    private long count(String table) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return row.getLong(1);
        }
    }

    private static Experiment experiment(String name) {
        return new Experiment(name, Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of());
    }

    static TrialSpec trial(int seed) {
        ObjectNode config = (ObjectNode)
                JSON.readTree("{\"data\": {\"kind\": \"d\"}, \"model\": {}, \"train\": {}, \"seed\": " + seed + "}");
        return new TrialSpec("trial" + seed, "w", "data", "model", "train", "seed" + seed, config, Optional.empty());
    }
}
