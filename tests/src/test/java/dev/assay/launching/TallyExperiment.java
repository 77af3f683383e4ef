package dev.assay.launching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crashes.Tally;
import dev.assay.store.Attempt;
import dev.assay.store.MetricSeries;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An experiment of {@link Tally} in a folder of its own, run by its command line. */
final class TallyExperiment {
    private static final String NAME = "tally";
    private static final int STEPS = 40;

    private final Path folder;
    private final StoreAddress address;

    /** @param stepMillis how long each of the 40 steps of a trial takes; no part of its results */
    TallyExperiment(Path folder, StoreAddress address, int trials, int stepMillis) throws IOException {
        this.folder = Files.createDirectory(folder);
        this.address = address;
        Files.writeString(folder.resolve("recipe.yaml"), """
                experiment: %s
                wrapper: tally
                base: {data: {}, model: {}, train: {steps: %d, stepMillis: %d, checkpointEvery: 3}}
                replicates: %d
                """.formatted(NAME, STEPS, stepMillis, trials));
    }

    Path folder() {
        return folder;
    }

    /** Starts its run. */
    Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Tally.class.getName(),
                "run",
                "recipe.yaml",
                "--threads",
                "1",
                "--workers",
                "2"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("ASSAY_STORE", address.secretText());
        return builder.start();
    }

    /** What its commands have printed. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Waits until one of its trials is like that, while its command lives. */
    void await(Process command, Predicate<TrialRecord> condition) throws InterruptedException {
        while (command.isAlive() && trials().stream().noneMatch(condition)) {
            Thread.sleep(100);
        }
    }

    /** All of its trials; none without a store. */
    List<TrialRecord> trials() {
        return TrialStore.openExisting(address)
                .map(store -> {
                    try (store) {
                        return store.trials();
                    }
                })
                .orElse(List.of());
    }

    /** Attempts at all of its trials. */
    List<Attempt> attempts() {
        try (TrialStore store = TrialStore.open(address)) {
            return store.trials().stream()
                    .flatMap(trial -> store.attempts(trial.hash()).stream())
                    .toList();
        }
    }

    /** Everything that its trials have measured, by seed; each must have been completed once. */
    Map<Long, String> results() {
        Map<Long, String> results = new TreeMap<>();
        try (TrialStore store = TrialStore.open(address)) {
            for (TrialRecord trial : store.trialsOf(NAME)) {
                results.put(trial.seed(), trial.state() + " " + trial.metrics() + points(store.series(trial.hash())));
                assertThat(store.attempts(trial.hash()))
                        .filteredOn(attempt -> attempt.state().equals(Optional.of(TrialState.COMPLETED)))
                        .hasSize(1);
            }
        }
        return results;
    }

    private static String points(List<MetricSeries> all) {
        StringBuilder points = new StringBuilder();
        for (MetricSeries series : all) {
            for (int i = 0; i < series.size(); i++) {
                points.append(' ').append(series.name()).append(' ').append(series.step(i));
                points.append(' ').append(series.epoch(i)).append(' ').append(series.value(i));
            }
        }
        return points.toString();
    }

    /** Files of its folder that have the text in them. */
    List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
