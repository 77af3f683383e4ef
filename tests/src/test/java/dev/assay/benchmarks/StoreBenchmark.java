package dev.assay.benchmarks;

import dev.assay.crashes.Tally;
import dev.assay.launch.ImmutableLocal;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import dev.assay.run.WorkerPool;
import dev.assay.store.Ending;
import dev.assay.store.Experiment;
import dev.assay.store.Lease;
import dev.assay.store.LeaseStatus;
import dev.assay.store.MetricPoint;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the store costs. Arguments name the parts: {@code overhead}, {@code fork}, {@code points}, {@code read}, {@code commands},
 * {@code writers}; without any all are taken. {@code -Dassay.store=jdbc:postgresql://…} takes them of a server.
 */
public final class StoreBenchmark {
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final Path folder;

    private StoreBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("store-benchmark");
        StoreBenchmark benchmark = new StoreBenchmark(folder);
        List<String> parts =
                Arrays.stream(args).filter(arg -> !arg.equals(".*")).toList();
        for (String part :
                parts.isEmpty() ? List.of("overhead", "fork", "points", "read", "commands", "writers") : parts) {
            System.out.println(part + ": " + benchmark.take(part));
        }
        System.out.println("stores are in " + folder);
    }

    private String take(String part) throws Exception {
        return switch (part) {
            case "overhead" -> overhead();
            case "fork" -> fork();
            case "points" -> points();
            case "read" -> read();
            case "commands" -> commands();
            case "writers" -> writers();
            default -> throw new IllegalArgumentException("There is no part (" + part + ").");
        };
    }

    private StoreAddress address(String name) {
        return Optional.ofNullable(System.getProperty("assay.store"))
                .map(StoreAddress::parse)
                .orElseGet(() -> StoreAddress.of(folder.resolve(name).resolve("store.db")));
    }

    /** Trials that do nothing, in four workers; the first quarter warms them. */
    private String overhead() throws Exception {
        int trials = 2000;
        try (TrialStore store = TrialStore.open(address("overhead"))) {
            store.put(experiment("overhead"), specs("overhead", trials, "{\"steps\": 1}"));
            train(store, "overhead", 4);
            List<Long> ends = store.trialsOf("overhead").stream()
                    .map(trial -> trial.ended().orElseThrow().toEpochMilli())
                    .sorted()
                    .toList();
            int warm = trials / 4;
            double millis = ends.get(trials - 1) - ends.get(warm);
            return String.format("%.2f ms a trial that does nothing, four warm workers", millis / (trials - warm - 1));
        }
    }

    /** One trial that does nothing, in a worker that must be started for it. */
    private String fork() throws Exception {
        List<Double> seconds = new ArrayList<>();
        try (TrialStore store = TrialStore.open(address("fork"))) {
            for (int i = 0; i < 7; i++) {
                String name = "fork" + i;
                store.put(experiment(name), specs(name, 1, "{\"steps\": " + (i + 1) + "}"));
                long begin = System.nanoTime();
                train(store, name, 1);
                seconds.add((System.nanoTime() - begin) / 1e9);
            }
        }
        seconds.sort(null);
        return String.format("%.2f s for a trial that does nothing, in a new worker (median of 7)", seconds.get(3));
    }

    /** Four workers that record as quickly as they can. */
    private String points() throws Exception {
        try (TrialStore store = TrialStore.open(address("points"))) {
            store.put(experiment("points"), specs("points", 4, "{\"steps\": 50000, \"metrics\": 10}"));
            train(store, "points", 4);
            List<TrialRecord> trials = store.trialsOf("points");
            long begin = trials.stream()
                    .mapToLong(t -> t.started().orElseThrow().toEpochMilli())
                    .min()
                    .orElseThrow();
            long end = trials.stream()
                    .mapToLong(t -> t.ended().orElseThrow().toEpochMilli())
                    .max()
                    .orElseThrow();
            long points = trials.stream()
                    .flatMap(trial -> store.series(trial.hash()).stream())
                    .mapToLong(series -> series.size())
                    .sum();
            return String.format(
                    "%,.0f points a second from four workers (%,d in all)", points * 1e3 / (end - begin), points);
        }
    }

    /** One metric of 1,000 trials with 5 metrics of 200 values each. */
    private String read() throws Exception {
        try (TrialStore store = TrialStore.open(address("read"))) {
            List<TrialSpec> specs = specs("read", 1000, "{\"steps\": 200}");
            store.put(experiment("read"), specs);
            fill(store, "read", specs.size(), 200);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                long begin = System.nanoTime();
                int read = store.seriesOf("read", "val.m0").values().stream()
                        .mapToInt(s -> s.size())
                        .sum();
                millis.add((System.nanoTime() - begin) / 1e6);
                if (read != 200_000) {
                    throw new IllegalStateException("There are " + read + " values.");
                }
            }
            double first = millis.get(0);
            millis.sort(null);
            return String.format(
                    "%.0f ms for one metric of 1,000 trials, 200,000 values (the first time %.0f ms)",
                    millis.get(7), first);
        }
    }

    private static void fill(TrialStore store, String experiment, int trials, int steps) {
        for (int t = 0; t < trials; t++) {
            Lease lease = store.lease(experiment, "w", LEASE).orElseThrow();
            List<MetricPoint> points = new ArrayList<>();
            for (int step = 1; step <= steps; step++) {
                for (int m = 0; m < 5; m++) {
                    points.add(new MetricPoint("val.m" + m, step, step / 10.0, step * 0.1, 1.0 / (step + t)));
                }
            }
            store.write(lease, 0.5, points, LEASE);
            store.finish(lease, Ending.completed(Map.of("val.tally", 1.0 / (t + 1)), Optional.empty()));
        }
    }

    /** Commands on 10,000 trials that are done. */
    private String commands() throws Exception {
        StoreAddress address = address("commands");
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), """
                experiment: many
                wrapper: tally
                base: {data: {}, model: {}, train: {steps: 1}}
                replicates: 10000
                """);
        command(address, "run", recipe.toString(), "--trial-timeout", "1h", "--workers", "4", "--quiet");
        double plan = command(address, "plan", recipe.toString());
        double list = command(address, "list");
        double status = command(address, "status");
        return String.format("10,000 trials: plan %.2f s, list %.2f s, status %.2f s", plan, list, status);
    }

    /** Returns the seconds it takes, Java's start included. */
    private double command(StoreAddress address, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Tally.class.getName()));
        command.addAll(List.of(args));
        command.addAll(List.of("--store", address.secretText()));
        long begin = System.nanoTime();
        int code = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", args) + " ended with " + code + ".");
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** 64 processes that write for a minute. */
    private String writers() throws Exception {
        StoreAddress address = address("writers");
        int processes = 64;
        try (TrialStore store = TrialStore.open(address)) {
            List<TrialSpec> specs = specs("writers", processes, "{\"steps\": 1}");
            store.put(experiment("writers"), specs);
            List<Process> all = new ArrayList<>();
            for (int i = 0; i < processes; i++) {
                all.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Writer.class.getName(),
                                address.secretText(),
                                "w" + i)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
            }
            long acknowledged = 0;
            double longest = 0;
            for (Process process : all) {
                String[] said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .strip()
                        .split(" ", -1);
                if (process.waitFor() != 0) {
                    throw new IllegalStateException("A writer failed.");
                }
                acknowledged += Long.parseLong(said[0]);
                longest = Math.max(longest, Double.parseDouble(said[1]));
            }
            long there = specs.stream()
                    .flatMap(spec -> store.series(spec.hash()).stream())
                    .mapToLong(series -> series.size())
                    .sum();
            if (there != acknowledged) {
                throw new IllegalStateException(acknowledged + " were acknowledged, " + there + " are there.");
            }
            return String.format(
                    "64 processes for a minute: %,d values, none lost, no error, the longest write %.1f s",
                    there, longest);
        }
    }

    /** One of many processes that write. */
    public static final class Writer {
        private static final int A_WRITE = 20;

        public static void main(String[] args) {
            try (TrialStore store = TrialStore.open(StoreAddress.parse(args[0]))) {
                Lease lease =
                        store.lease("writers", args[1], LEASE.multipliedBy(5)).orElseThrow();
                long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
                long step = 0;
                long longest = 0;
                while (System.nanoTime() < end) {
                    List<MetricPoint> points = new ArrayList<>();
                    for (int i = 0; i < A_WRITE; i++) {
                        points.add(new MetricPoint("m", ++step, step, step, step));
                    }
                    long begin = System.nanoTime();
                    if (store.write(lease, 0, points, LEASE.multipliedBy(5)) != LeaseStatus.HELD) {
                        throw new IllegalStateException("The lease was lost.");
                    }
                    longest = Math.max(longest, System.nanoTime() - begin);
                }
                System.out.println(step + " " + longest / 1e9);
            }
        }
    }

    private void train(TrialStore store, String experiment, int workers) {
        WorkerJob job = new WorkerJob(
                "tally",
                Tally.class.getName(),
                address(experiment.replaceAll("\\d", "")),
                Optional.empty(),
                experiment,
                1);
        try (Launcher launcher = ImmutableLocal.builder().build().open(job, progress -> {})) {
            new WorkerPool(store, experiment, launcher, new WorkerPool.Limits(workers, Optional.empty()))
                    .run(all -> {});
        }
    }

    private static Experiment experiment(String name) {
        return new Experiment(name, Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of());
    }

    private static List<TrialSpec> specs(String name, int trials, String train) {
        return IntStream.range(0, trials)
                .mapToObj(seed -> {
                    ObjectNode config = (ObjectNode) JsonMapper.shared()
                            .readTree(
                                    "{\"data\": {}, \"model\": {}, \"train\": " + train + ", \"seed\": " + seed + "}");
                    return new TrialSpec(
                            String.format("%s-%056d", name, seed),
                            "tally",
                            "data",
                            "model",
                            "train-" + name,
                            "seed" + seed,
                            config,
                            Optional.empty());
                })
                .toList();
    }
}
