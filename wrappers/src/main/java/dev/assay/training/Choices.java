package dev.assay.training;

import dev.assay.data.Datasets;
import dev.assay.data.Role;
import dev.assay.error.AssayException;
import dev.assay.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The metrics by which a training makes choices, by full name: which states are the best, when to stop, when to lower the rate. */
record Choices(List<String> metrics) {
    Choices {
        metrics = List.copyOf(metrics);
    }

    static Choices of(TrainingConfig config, Schedule schedule) {
        List<String> metrics = new ArrayList<>(config.best());
        config.earlyStop().ifPresent(stop -> metrics.add(stop.metric()));
        schedule.metric().ifPresent(metrics::add);
        return new Choices(metrics);
    }

    /** @throws AssayException if no evaluation gives one of them, or it was not declared which way it is better */
    void requireThere(Datasets datasets, Recorder recorder) {
        Set<String> partitions = Evaluator.partitions(datasets);
        for (String metric : metrics) {
            if (!partitions.contains(partition(metric)) || !recorder.isDeclared(metric)) {
                throw new AssayException("The training chooses by a metric (" + metric
                        + ") that no evaluation gives; it must be one of the partitions " + partitions
                        + ", a dot, and one of the metrics " + recorder.declared()
                        + ".\nMaybe metrics() of the wrapper does not declare it.");
            }
        }
    }

    /** Those that are measured on data for testing, which makes what is measured there too good. */
    List<String> onTestData(Datasets datasets) {
        return metrics.stream()
                .filter(metric -> datasets.roles().get(partition(metric)) == Role.TEST)
                .toList();
    }

    private static String partition(String metric) {
        return metric.substring(0, Math.max(0, metric.indexOf('.')));
    }
}
