package dev.assay.training;

import dev.assay.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the loop itself records of a run, by name without partition. */
final class Figures {
    static final String EXAMPLES_PER_SECOND = "examplesPerSecond";
    static final String LEARNING_RATE = "learningRate";
    static final String RESIDENT_MEMORY = "residentMemory";

    private static final Path STATUS = Path.of("/proc/self/status");

    private Figures() {}

    /** Name of the time a step spends on something. */
    static String milliseconds(String part) {
        return "milliseconds." + part;
    }

    static List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(Metric.maximize(EXAMPLES_PER_SECOND).withUnit("examples/s"));
        metrics.add(Metric.minimize(LEARNING_RATE));
        metrics.add(Metric.minimize(RESIDENT_MEMORY).withUnit("MiB"));
        for (Phase phase : Phase.values()) {
            metrics.add(Metric.minimize(milliseconds(phase.name().toLowerCase(Locale.ROOT)))
                    .withUnit("ms"));
        }
        return metrics;
    }

    /** Memory of this process that is in RAM, in MiB; empty where the system does not tell. */
    static OptionalDouble residentMemory() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }
}
