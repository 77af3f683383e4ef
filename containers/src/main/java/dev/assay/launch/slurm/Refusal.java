package dev.assay.launch.slurm;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says why sbatch has refused workers: in its own words, and what may help. */
final class Refusal {
    private static final Map<String, String> HINTS = hints();

    private Refusal() {}

    private static Map<String, String> hints() {
        // The first that is found in sbatch's words counts, so what is more special comes first.
        Map<String, String> hints = new LinkedHashMap<>();
        hints.put("account", "`sacctmgr show associations user=$USER` tells the account that was meant.");
        hints.put("qos", "`sacctmgr show qos` tells the quality of service that was meant.");
        hints.put("partition", "`sinfo --summarize` tells the partition that was meant.");
        hints.put("time limit", "a shorter time, or another partition, does.");
        hints.put("feature", "`sinfo --format=%f` tells the features that nodes have.");
        hints.put("gres", "no node has so many GPUs: `sinfo --format=%G` tells.");
        hints.put("node configuration", "no node has so much memory or so many cores: `sinfo --Node --long` tells.");
        hints.put("option", "this Slurm's sbatch does not know one of the backend's options.");
        hints.put("array", "the cluster takes no arrays so large (MaxArraySize): fewer --workers do.");
        return hints;
    }

    static String of(String error) {
        String words = error.lines()
                .map(line -> line.replaceFirst("^sbatch: (error: )?", "").strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("Try "))
                .collect(Collectors.joining("; "));
        String small = words.toLowerCase(Locale.ROOT);
        return "Slurm refuses the workers: " + words + "."
                + HINTS.entrySet().stream()
                        .filter(hint -> small.contains(hint.getKey()))
                        .findFirst()
                        .map(hint -> "\nMaybe " + hint.getValue())
                        .orElse("");
    }
}
