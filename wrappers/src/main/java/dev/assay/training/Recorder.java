package dev.assay.training;

import dev.assay.run.Trial;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records metrics of a trial and keeps the last value of each. */
final class Recorder {
    private final Trial<?> trial;
    private final long stepsPerEpoch;
    private final Map<String, Double> last = new LinkedHashMap<>();

    Recorder(Trial<?> trial, long stepsPerEpoch) {
        this.trial = trial;
        this.stepsPerEpoch = stepsPerEpoch;
    }

    /** Records values of a partition after {@code steps} optimizer steps. */
    void record(String partition, long steps, Map<String, Double> values) {
        values.forEach((name, value) -> {
            String full = partition + "." + name;
            last.put(full, value);
            trial.record(full, steps, (double) steps / stepsPerEpoch, value);
        });
    }

    /** The last value of each metric by full name. */
    Map<String, Double> last() {
        return last;
    }
}
