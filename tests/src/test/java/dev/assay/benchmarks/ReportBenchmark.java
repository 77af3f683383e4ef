package dev.assay.benchmarks;

import dev.assay.browser.SampleExperiment;
import dev.assay.crashes.Tally;
import dev.assay.store.Ending;
import dev.assay.store.Experiment;
import dev.assay.store.ExperimentResults;
import dev.assay.store.Lease;
import dev.assay.store.MetricPoint;
import dev.assay.store.MetricSeries;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the report of 10,000 trials of 20 factors costs, with two curves of 1,000 points each, from a store to the files. */
public final class ReportBenchmark {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int ROUNDS = 3;

    private ReportBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("report-benchmark");
        ExperimentResults results = SampleExperiment.large(10_000, 20, 1_000);
        StoreAddress address = StoreAddress.of(folder.resolve("store.db"));
        fill(address, results);
        for (int round = 1; round <= ROUNDS; round++) {
            System.out.printf(
                    "report of %,d trials, Java's start included: %.1f s%n",
                    results.trials().size(), report(address, results.name()));
        }
        Path file = folder.resolve("reports").resolve(results.name()).resolve("report.html");
        System.out.printf("%.1f MB: %s%n", Files.size(file) / 1e6, file);
    }

    private static void fill(StoreAddress address, ExperimentResults results) {
        try (TrialStore store = TrialStore.open(address)) {
            store.put(
                    new Experiment(
                            results.name(),
                            results.description(),
                            Optional.of(results.metric()),
                            Map.of(),
                            Optional.empty(),
                            List.of()),
                    results.trials().stream().map(ReportBenchmark::spec).toList());
            store.declare("classifier", List.copyOf(results.metrics().values()));
            for (TrialRecord trial : results.trials()) {
                Lease lease = store.lease(results.name(), "w", LEASE).orElseThrow();
                if (!lease.trial().hash().equals(trial.hash())) {
                    throw new IllegalStateException("Trials are not leased in the order of the plan.");
                }
                store.finish(lease, ending(trial), points(results.series().apply(trial.hash())));
            }
        }
    }

    private static TrialSpec spec(TrialRecord trial) {
        return new TrialSpec(
                trial.hash(), trial.wrapper(), "data", "model", trial.hash(), "seed", trial.config(), Optional.empty());
    }

    private static Ending ending(TrialRecord trial) {
        return trial.state() == TrialState.COMPLETED
                ? Ending.completed(trial.metrics(), Optional.empty())
                : Ending.failed(trial.failure().orElseThrow(), trial.cause().orElseThrow());
    }

    private static List<MetricPoint> points(List<MetricSeries> all) {
        List<MetricPoint> points = new ArrayList<>();
        for (MetricSeries series : all) {
            for (int i = 0; i < series.size(); i++) {
                points.add(new MetricPoint(
                        series.name(), series.step(i), series.epoch(i), series.seconds(i), series.value(i)));
            }
        }
        return points;
    }

    /** Returns the seconds that the command takes, with the JVM's options of {@code ./assay}. */
    private static double report(StoreAddress address, String experiment) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Tally.class.getName(),
                "report",
                experiment,
                "--store",
                address.secretText());
        long begin = System.nanoTime();
        int code = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("The command ended with " + code + ".");
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
