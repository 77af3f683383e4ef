package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.metric.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What every store must keep and tell. */
abstract class TrialStoreContract extends StoreContract {
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
                lease,
                Ending.completed(Map.of("val.accuracy", 0.75), Optional.of(new Weights("ab", "weights/ab", 7)))
                        .withPeakMemory(Optional.of(5_000_000_000L)));

        assertThat(held).isTrue();
        TrialRecord trial = store.trialsOf("a").get(0);
        assertThat(trial.state()).isEqualTo(TrialState.COMPLETED);
        assertThat(trial.metrics()).containsExactly(Map.entry("val.accuracy", 0.75));
        assertThat(trial.weights()).contains(new Weights("ab", "weights/ab", 7));
        assertThat(trial.circumstances().peakMemory()).contains(5_000_000_000L);
        assertThat(trial.progress()).isEqualTo(1);
        List<MetricSeries> series = store.series("trial1");
        assertThat(series).extracting(MetricSeries::name).containsExactly("train.loss", "val.accuracy");
        assertThat(series.get(0).size()).isEqualTo(2);
        assertThat(series.get(0).value(0)).isEqualTo(2.5);
        assertThat(series.get(0).value(1)).isNaN();
        assertThat(series.get(0).epoch(1)).isEqualTo(1);
    }

    @Test
    @Tag("R10")
    void finish_valuesNotYetWritten_writesThemIfTheLeaseHolds() {
        store.put(experiment("a"), List.of(trial(1)));
        Lease lease = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        store.write(lease, 0.5, List.of(new MetricPoint("train.loss", 1, 0.5, 0.1, 2.5)), TEN_SECONDS);

        store.finish(lease, Ending.completed(Map.of(), Optional.empty()), List.of(point(2)));
        assertThat(store.finish(lease, failed("late"), List.of(point(3)))).isFalse();

        MetricSeries series = store.series("trial1").get(0);
        assertThat(series.size()).isEqualTo(2);
        assertThat(series.step(1)).isEqualTo(2);
    }

    private static MetricPoint point(long step) {
        return new MetricPoint("train.loss", step, 1, 0.2, 0.5);
    }

    @Test
    @Tag("R10")
    void series_ofManyWrites_hasEachStepOnceInOrder() {
        store.put(experiment("a"), List.of(trial(1)));
        Lease lease = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        for (int from = 1; from <= 1500; from += 50) {
            store.write(lease, 0, points(from, from + 50, 1), TEN_SECONDS);
        }
        store.write(lease, 0, points(700, 710, 2), TEN_SECONDS);
        store.write(lease, 0, List.of(point(1L << 40, 3), point(0, 3), point(0, 4)), TEN_SECONDS);

        MetricSeries series = store.series("trial1").get(0);
        assertThat(series.size()).isEqualTo(1502);
        assertThat(series.step(0)).isZero();
        assertThat(series.value(0)).isEqualTo(4);
        for (int i = 1; i <= 1500; i++) {
            assertThat(series.step(i)).isEqualTo(i);
            assertThat(series.value(i)).isEqualTo(i >= 700 && i < 710 ? 2.0 / i : 1.0 / i);
            assertThat(series.epoch(i)).isEqualTo(i / 7.0);
            assertThat(series.seconds(i)).isEqualTo(i * 0.1);
        }
        assertThat(series.step(1501)).isEqualTo(1L << 40);
        assertThat(store.seriesOf("a", "m")).containsOnlyKeys("trial1");
        assertThat(store.seriesOf("a", "m").values())
                .singleElement()
                .satisfies(same -> assertThat(same.size()).isEqualTo(1502));
        assertThat(store.seriesOf("a", "other")).isEmpty();
    }

    @Test
    @Tag("R10")
    void rewind_dropsLaterStepsOnly() throws Exception {
        store.put(experiment("a"), List.of(trial(1)));
        Lease lease = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        store.write(lease, 0, points(1, 2001, 1), TEN_SECONDS);

        store.rewind(lease, 600);
        assertThat(store.series("trial1").get(0).size()).isEqualTo(600);
        assertThat(store.series("trial1").get(0).step(599)).isEqualTo(600);
        store.write(lease, 0, points(601, 603, 1), TEN_SECONDS);
        assertThat(store.series("trial1").get(0).size()).isEqualTo(602);
        assertThat(count("metric_chunk")).isEqualTo(2);
        store.rewind(lease, -1);
        assertThat(store.series("trial1")).isEmpty();
    }

    private static List<MetricPoint> points(int from, int to, double numerator) {
        return IntStream.range(from, to).mapToObj(i -> point(i, numerator / i)).toList();
    }

    private static MetricPoint point(long step, double value) {
        return new MetricPoint("m", step, step / 7.0, step * 0.1, value);
    }

    @Test
    @Tag("R5")
    void views_sayWhatTheStoreSays() throws Exception {
        store.put(experiment("a"), List.of(trial(1)), new Note("ann", Optional.of("for the paper")));
        Lease lease = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        double[] values = {
            0,
            -0.0,
            1,
            -1.5,
            0.1,
            1e300,
            -1e-300,
            Double.MIN_VALUE,
            3e-310,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            Math.PI
        };
        List<MetricPoint> points = new ArrayList<>(points(1, 600, 1));
        for (int i = 0; i < values.length; i++) {
            points.add(point(600 + i, values[i]));
        }
        points.add(point(5000, Double.NaN));
        points.add(point(5001, Double.NEGATIVE_INFINITY));
        store.write(lease, 0, points, TEN_SECONDS);
        store.finish(lease, Ending.completed(Map.of("m", 0.5), Optional.empty()));

        MetricSeries series = store.series("trial1").get(0);
        List<List<Object>> rows = rows(
                "SELECT step, epoch, seconds, value FROM series WHERE trial = 'trial1' AND name = 'm' ORDER BY step");
        assertThat(rows).hasSize(series.size());
        for (int i = 0; i < rows.size(); i++) {
            Object value = Double.isNaN(series.value(i)) ? null : (Object) series.value(i);
            assertThat(rows.get(i)).containsExactly(series.step(i), series.epoch(i), series.seconds(i), value);
        }
        assertThat(rows("SELECT trial, state, seed, owner, comment FROM trials"))
                .containsExactly(List.of("trial1", "COMPLETED", "1", "ann", "for the paper"));
        assertThat(rows("SELECT experiment, position, trial, state FROM experiments"))
                .containsExactly(List.of("a", 0L, "trial1", "COMPLETED"));
        assertThat(rows("SELECT trial, name, value FROM final_metrics")).containsExactly(List.of("trial1", "m", 0.5));
    }

    @Test
    @Tag("R4")
    void put_withANote_keepsTheFirstOne() {
        store.put(experiment("a"), List.of(trial(1)), new Note("ann", Optional.of("for the paper")));
        store.put(experiment("b"), List.of(trial(1), trial(2)), new Note("ben", Optional.empty()));

        assertThat(store.trials(List.of("trial1")).get(0).circumstances())
                .isEqualTo(new Circumstances(
                        "ann",
                        Optional.of("for the paper"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(store.trials(List.of("trial2", "trial3")))
                .singleElement()
                .satisfies(trial -> assertThat(trial.circumstances().owner()).isEqualTo("ben"));
    }

    @Test
    void standings_areThoseOfTheTrials() {
        store.put(experiment("a"), List.of(trial(2), trial(1)));
        Lease lease = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        store.write(lease, 0.25, List.of(), TEN_SECONDS);

        assertThat(store.standings("a"))
                .containsExactly(
                        new Standing("trial2", TrialState.RUNNING, 1, 0.25),
                        new Standing("trial1", TrialState.QUEUED, 0, 0));
        assertThat(store.trials(List.of("trial2")).get(0).circumstances().claim())
                .hasValueSatisfying(claim -> assertThat(claim.worker()).isEqualTo("w1"));
    }

    @Test
    @Tag("R5")
    void worker_isWhoHasRunTheTrialLast() {
        store.put(experiment("a"), List.of(trial(1)));
        assertThat(store.trials(List.of("trial1")).get(0).circumstances().worker())
                .isEmpty();

        for (String worker : List.of("w1", "w2")) {
            store.force("a");
            Lease lease = store.lease("a", worker, TEN_SECONDS).orElseThrow();
            store.finish(lease, Ending.completed(Map.of(), Optional.empty()));

            Circumstances after = store.trials(List.of("trial1")).get(0).circumstances();
            assertThat(after.worker()).contains(worker);
            assertThat(after.claim()).isEmpty();
        }
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
    @Tag("R13")
    void provenance_ofATrial_isThatOfItsLastAttemptAndKeptOnceForAll() throws Exception {
        ObjectNode one = JSON.createObjectNode().put("commit", "one");
        ObjectNode two = JSON.createObjectNode().put("commit", "two");
        store.put(experiment("a"), List.of(trial(1), trial(2)));
        Lease first = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        Lease other = store.lease("a", "w2", TEN_SECONDS).orElseThrow();
        assertThat(store.provenance("trial1")).isEmpty();

        assertThat(store.putProvenance(first, "digest1", one)).isTrue();
        assertThat(store.putProvenance(first, "digest1", one)).isTrue();
        assertThat(store.putProvenance(other, "digest1", one)).isTrue();
        assertThat(store.provenance("trial1")).contains(one);
        assertThat(store.provenance("trial2")).contains(one);
        assertThat(store.provenancesOf("a")).containsOnly(Map.entry("trial1", one), Map.entry("trial2", one));
        assertThat(store.provenancesOf("b")).isEmpty();
        assertThat(count("provenance")).isEqualTo(1);

        store.finish(first, failed("broken"));
        store.requeue("a");
        Lease second = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        assertThat(store.putProvenance(second, "digest2", two)).isTrue();
        assertThat(store.putProvenance(first, "digest3", one)).isFalse();
        assertThat(store.provenance("trial1")).contains(two);
        assertThat(count("provenance")).isEqualTo(2);
        assertThat(count("trial_provenance")).isEqualTo(3);

        store.finish(second, failed("broken"));
        store.requeue("a");
        assertThat(store.lease("a", "w1", TEN_SECONDS, Optional.of("digest1"))).isPresent();
        assertThat(store.provenance("trial1")).contains(one);
    }

    @Test
    @Tag("R5")
    void guide_everyQuery_isUnderstood() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "store.md"));
        List<String> queries = Pattern.compile("```sql( \\w+)?\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .filter(block -> block.group(1) == null
                        || url(address).contains(block.group(1).strip()))
                .map(block -> block.group(2))
                .toList();
        assertThat(queries).hasSize(4);

        for (String query : queries) {
            assertThat(rows(query)).isEmpty();
        }
    }

    @Test
    void open_storeOfANewerVersion_isRefused() throws Exception {
        execute("INSERT INTO store_version VALUES (99, 0)");

        assertThatThrownBy(() -> TrialStore.open(address))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has version 99; this program knows versions up to 4.")
                .hasMessageContaining("Maybe it was made by a newer Assay.");
    }

    @Test
    @Tag("R3")
    void open_oldStoreByEightProcessesAtOnce_isUpgradedOnce() throws Exception {
        store.put(experiment("a"), List.of(trial(1)));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OldStore.class.getName());
            builder.environment().put("ASSAY_STORE", address.secretText());
            processes.add(builder.inheritIO().start());
        }

        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(rows("SELECT version FROM store_version ORDER BY version"))
                .containsExactly(List.of(1L), List.of(2L), List.of(3L), List.of(4L), List.of(5L), List.of(6L));
    }

    @Test
    void open_tablesOfSomethingElse_isRefusedAndLeftAlone() throws Exception {
        execute("DROP TABLE store_version");

        assertThatThrownBy(() -> TrialStore.open(address))
                .isInstanceOf(StoreException.class)
                .hasMessage("The store (" + address
                        + ") has trials but no version.\nMaybe it was made by an Assay before its"
                        + " first release: name another, or move it away.");
    }
}
