package dev.assay.training;

import dev.assay.metric.Metric;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What the loop itself records of a run, by name without partition. */
final class Figures {
    static final String EXAMPLES_PER_SECOND = "examplesPerSecond";
    static final String LEARNING_RATE = "learningRate";
    static final String RESIDENT_MEMORY = "residentMemory";

    private static final String STATUS = "/proc/self/status";
    /** More than the system writes there. */
    private static final int STATUS_BYTES = 8192;

    private static final String RESIDENT = "VmRSS:";

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
        // Files.readString goes through so much code, interpreted since it is seldom run, that it would take three
        // times as long.
        try (FileInputStream in = new FileInputStream(STATUS)) {
            String status = new String(in.readNBytes(STATUS_BYTES), StandardCharsets.US_ASCII);
            int begin = status.indexOf(RESIDENT);
            if (begin < 0) {
                return OptionalDouble.empty();
            }
            String kibibytes = status.substring(begin + RESIDENT.length(), status.indexOf("kB", begin));
            return OptionalDouble.of(Double.parseDouble(kibibytes.strip()) / 1024);
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }
}
