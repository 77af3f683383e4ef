package dev.assay.report;

import dev.assay.provenance.Provenance;
import dev.assay.store.ExperimentResults;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Where the results of an experiment come from: what all its trials share, and what differs. */
final class Origins {
    private Origins() {}

    static ReportPage.Origins of(ExperimentResults results) {
        IdentityHashMap<ObjectNode, Integer> records = new IdentityHashMap<>();
        results.trials().forEach(trial -> {
            ObjectNode record = results.provenance().get(trial.hash());
            if (record != null) {
                records.merge(record, 1, Integer::sum);
            }
        });
        Map<String, Map<String, Integer>> values = new TreeMap<>();
        int known = records.values().stream().mapToInt(Integer::intValue).sum();
        records.forEach((record, trials) -> new Provenance(record)
                .leaves()
                .forEach((name, value) -> values.computeIfAbsent(name, key -> new LinkedHashMap<>())
                        .merge(value, trials, Integer::sum)));
        return split(values, known);
    }

    private static ReportPage.Origins split(Map<String, Map<String, Integer>> values, int known) {
        Map<String, Map<String, String>> common = new LinkedHashMap<>();
        Map<String, Map<String, Integer>> differing = new LinkedHashMap<>();
        values.forEach((name, counts) -> {
            int of = counts.values().stream().mapToInt(Integer::intValue).sum();
            if (counts.size() == 1 && of == known) {
                int dot = name.indexOf('.');
                common.computeIfAbsent(name.substring(0, Math.max(dot, 0)), part -> new TreeMap<>())
                        .put(name.substring(dot + 1), counts.keySet().iterator().next());
            } else {
                differing.put(name, counts);
            }
        });
        return new ReportPage.Origins(common, differing, known);
    }
}
