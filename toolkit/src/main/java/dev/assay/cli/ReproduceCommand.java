package dev.assay.cli;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.identity.TrialIdentity;
import dev.assay.launch.ImmutableLocal;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import dev.assay.metric.Metric;
import dev.assay.provenance.Provenance;
import dev.assay.run.WorkerPool;
import dev.assay.run.Wrapper;
import dev.assay.store.Experiment;
import dev.assay.store.MetricSeries;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a completed trial once more, beside the store, with as many threads as it had.",
            "Says whether every value and weight is the same to the last bit, or else what differs, in results and in surroundings."
        })
final class ReproduceCommand implements Callable<Integer> {
    private static final String EXPERIMENT = "reproduce";
    private static final Set<String> OF_MACHINES = Set.of("s", "ms", "MiB");

    private final Session session;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Parameters(paramLabel = "HASH", description = "The trial, or the first digits of its hash.")
    private String hash = "";

    ReproduceCommand(Session session) {
        this.session = session;
    }

    /** A trial with all that may be compared of it. */
    private record Told(TrialRecord trial, List<MetricSeries> series, Optional<Provenance> provenance) {
        /** What says how fast the machine was is never the same again. */
        static Told of(TrialStore open, TrialRecord trial) {
            Map<String, Metric> declared = open.metrics(trial.wrapper());
            return new Told(
                    trial,
                    open.series(trial.hash()).stream()
                            .filter(series -> isResult(series.name(), declared))
                            .toList(),
                    open.provenance(trial.hash()).map(Provenance::new));
        }

        private static boolean isResult(String name, Map<String, Metric> declared) {
            Metric metric = declared.get(Metric.withoutPartition(name));
            return metric == null || !(metric.unit().endsWith("/s") || OF_MACHINES.contains(metric.unit()));
        }
    }

    @Override
    public Integer call() throws IOException {
        Told before;
        try (TrialStore open = Session.store(store.file)) {
            TrialRecord trial = Session.trial(open, hash);
            if (trial.state() != TrialState.COMPLETED) {
                throw new AssayException("Trial (" + trial.hash() + ") must be completed to be reproduced; it is "
                        + trial.state() + ".");
            }
            before = Told.of(open, trial);
        }
        Path folder = Files.createTempDirectory("assay-reproduce");
        try {
            return tell(before, again(before, folder));
        } finally {
            delete(folder);
        }
    }

    private Told again(Told before, Path folder) throws IOException {
        Path file = folder.resolve("store.db");
        TrialSpec spec = spec(session.wrappers().get(before.trial.wrapper()), before.trial);
        try (TrialStore open = TrialStore.open(file)) {
            open.put(
                    new Experiment(
                            EXPERIMENT, Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of()),
                    List.of(spec));
            WorkerJob job = new WorkerJob(
                    session.name(),
                    session.mainClass(),
                    StoreAddress.of(file),
                    Optional.of(store.file),
                    EXPERIMENT,
                    threads(before.provenance));
            try (Launcher launcher = ImmutableLocal.builder().build().open(job, progress -> {})) {
                new WorkerPool(open, EXPERIMENT, launcher, new WorkerPool.Limits(1, Optional.empty()))
                        .run(trials -> {});
            }
            return Told.of(open, open.trialsOf(EXPERIMENT).get(0));
        }
    }

    private static int threads(Optional<Provenance> provenance) {
        return provenance
                .flatMap(Provenance::threads)
                .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    private static <C extends RunConfig> TrialSpec spec(Wrapper<C> wrapper, TrialRecord trial) {
        C config = ConfigReader.of(wrapper.configType()).fromJson(trial.config());
        TrialIdentity parts = TrialIdentity.of(wrapper.name(), config);
        return new TrialSpec(
                trial.hash(),
                wrapper.name(),
                parts.data(),
                parts.model(),
                parts.train(),
                parts.seed(),
                ConfigWriter.toJson(config),
                trial.origin());
    }

    private int tell(Told before, Told after) {
        Console console = session.console();
        List<String> results = results(before, after);
        List<String> surroundings = WhyCommand.between(leaves(before), leaves(after));
        if (results.isEmpty()) {
            long values = before.series.stream().mapToLong(MetricSeries::size).sum();
            console.out()
                    .println("Equal to the last bit: " + values + " values of " + before.series.size() + " metrics"
                            + (before.trial.weights().isPresent() ? ", and the weights." : "."));
        } else {
            console.out().println("Not equal:");
            results.forEach(line -> console.out().println("  " + line));
        }
        if (!surroundings.isEmpty()) {
            console.out().println("What is not as it was:");
            surroundings.forEach(line -> console.out().println("  " + line));
        }
        return results.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Map<String, String> leaves(Told told) {
        return told.provenance.map(Provenance::leaves).orElse(Map.of());
    }

    private static List<String> results(Told before, Told after) {
        if (after.trial.state() != TrialState.COMPLETED) {
            return List.of("state: COMPLETED → " + after.trial.state() + ", "
                    + after.trial.cause().orElse("").lines().findFirst().orElse("cause unknown"));
        }
        List<String> lines = new ArrayList<>();
        for (MetricSeries series : before.series) {
            after.series.stream()
                    .filter(other -> other.name().equals(series.name()))
                    .findFirst()
                    .ifPresentOrElse(
                            other -> difference(series, other).ifPresent(lines::add),
                            () -> lines.add(series.name() + ": recorded → –"));
        }
        lines.addAll(WhyCommand.between(weights(before), weights(after)));
        return lines;
    }

    private static Map<String, String> weights(Told told) {
        return told.trial
                .weights()
                .map(weights -> Map.of("weights", weights.sha256()))
                .orElse(Map.of());
    }

    /** Where two series first part. */
    private static Optional<String> difference(MetricSeries one, MetricSeries other) {
        int both = Math.min(one.size(), other.size());
        for (int i = 0; i < both; i++) {
            if (one.step(i) != other.step(i)
                    || Double.doubleToLongBits(one.value(i)) != Double.doubleToLongBits(other.value(i))) {
                return Optional.of(
                        one.name() + ": from step " + one.step(i) + " on, " + one.value(i) + " → " + other.value(i));
            }
        }
        return one.size() == other.size()
                ? Optional.empty()
                : Optional.of(one.name() + ": " + one.size() + " values → " + other.size());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
