package dev.assay.cli;

import dev.assay.store.TrialRecord;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The metric that answers an experiment's question where its recipe names none. */
final class MainMetric {
    private static final List<String> PARTITIONS = List.of("val.", "test.", "");
    private static final List<String> NAMES = List.of("accuracy", "loss", "");

    private MainMetric() {}

    /** Accuracy before loss before others, and validation before test before others. */
    static String of(List<TrialRecord> trials) {
        TreeSet<String> names = new TreeSet<>();
        trials.forEach(trial -> names.addAll(trial.metrics().keySet()));
        return names.stream()
                .min(Comparator.comparingInt((String name) -> first(NAMES, name::endsWith))
                        .thenComparingInt(name -> first(PARTITIONS, name::startsWith))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse("val.loss");
    }

    private static int first(List<String> all, java.util.function.Predicate<String> fits) {
        for (int i = 0; i < all.size(); i++) {
            if (fits.test(all.get(i))) {
                return i;
            }
        }
        return all.size();
    }
}
