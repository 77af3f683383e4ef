package dev.assay.training;

import dev.assay.data.Datasets;
import dev.assay.data.Role;
import dev.assay.engine.NativeEngine;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import dev.assay.run.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Evaluates all partitions, with the hooks before and after. */
final class Evaluator {
    private final ModelWrapper<?> wrapper;
    private final Hooks hooks;
    private final Trial<? extends TrainingRun> trial;

    Evaluator(ModelWrapper<?> wrapper, Hooks hooks, Trial<? extends TrainingRun> trial) {
        this.wrapper = wrapper;
        this.hooks = hooks;
        this.trial = trial;
    }

    /** The metrics of each partition, by name without partition; those of several partitions of a role averaged, too, as {@code mean-test}. */
    Map<String, Map<String, Double>> run(EvaluationContext context) {
        Map<String, Map<String, Double>> found = new LinkedHashMap<>();
        Seed seed = new Seed(trial.config().seed());
        Runnable body = () -> {
            for (String partition : context.datasets().evaluated().keySet()) {
                NativeEngine.seed(
                        seed.stream("evaluation/" + partition, context.step()).nextLong());
                Evaluation evaluation = wrapper.evaluate(context, partition);
                found.put(partition, evaluation.metrics());
                evaluation.tables().forEach((name, rows) -> keep(partition + "-" + name + ".csv", rows));
            }
        };
        hooks.around(context, body, () -> fullNames(found));
        for (Role role : Role.values()) {
            addMean(role, context, found);
        }
        return found;
    }

    /** Values by full name, such as {@code val.accuracy}. */
    static Map<String, Double> fullNames(Map<String, Map<String, Double>> found) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        found.forEach(
                (partition, values) -> values.forEach((name, value) -> metrics.put(partition + "." + name, value)));
        return metrics;
    }

    /** @throws AssayException if there is no metric of that name, with the names there are */
    static double value(String metric, Map<String, Double> metrics) {
        Double value = metrics.get(metric);
        if (value == null) {
            throw new AssayException("The evaluation has no metric (" + metric + "); it has " + metrics.keySet() + ".");
        }
        return value;
    }

    /** The partitions that an evaluation gives metrics of, those averaged over included. */
    static Set<String> partitions(Datasets datasets) {
        Set<String> partitions = new LinkedHashSet<>(datasets.evaluated().keySet());
        for (Role role : Role.values()) {
            if (Collections.frequency(datasets.roles().values(), role) > 1) {
                partitions.add(mean(role));
            }
        }
        return partitions;
    }

    private static String mean(Role role) {
        return "mean-" + role.name().toLowerCase(Locale.ROOT);
    }

    private static void addMean(Role role, EvaluationContext context, Map<String, Map<String, Double>> found) {
        List<Map<String, Double>> ofRole = new ArrayList<>();
        context.datasets().roles().forEach((partition, itsRole) -> {
            if (itsRole == role) {
                ofRole.add(found.getOrDefault(partition, Map.of()));
            }
        });
        if (ofRole.size() > 1) {
            Averages averages = new Averages();
            ofRole.forEach(values -> averages.add(values, 1));
            found.put(mean(role), averages.means());
        }
    }

    private void keep(String file, String rows) {
        try {
            Path path = trial.directory().resolve(file);
            Files.writeString(path, rows);
        } catch (IOException e) {
            throw new UncheckedIOException("Table (" + file + ") cannot be written: " + e.getMessage(), e);
        }
    }
}
