package dev.assay.cli;

import dev.assay.config.ConfigReader;
import dev.assay.config.RunConfig;
import dev.assay.provenance.Provenance;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description =
                "Says what differs between two trials: in what was asked, in where they were run, in what came of it.")
final class WhyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Parameters(index = "0", paramLabel = "HASH", description = "A trial, or the first digits of its hash.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "HASH", description = "Another.")
    private String after = "";

    @Option(names = "--json", description = "Prints JSON: for config, provenance and results, each difference by name.")
    private boolean json;

    WhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, List<String>> differences = new LinkedHashMap<>();
        try (TrialStore open = Session.store(store.file)) {
            TrialRecord one = Session.trial(open, before);
            TrialRecord other = Session.trial(open, after);
            differences.put("config", configs(one, other));
            differences.put("provenance", between(provenance(open, one), provenance(open, other)));
            differences.put("results", between(results(one), results(other)));
        }
        if (json) {
            session.console().out().println(json(differences));
            return ExitCode.OK;
        }
        differences.forEach((part, lines) -> {
            session.console().out().println(session.console().bold(part));
            (lines.isEmpty() ? List.of("no difference") : lines)
                    .forEach(line -> session.console().out().println("  " + line));
        });
        return ExitCode.OK;
    }

    private List<String> configs(TrialRecord one, TrialRecord other) {
        List<String> lines = new ArrayList<>();
        if (!one.wrapper().equals(other.wrapper())) {
            lines.add("wrapper: " + one.wrapper() + " → " + other.wrapper());
        }
        ConfigDiff.between(config(one), config(other), true).forEach(difference -> lines.add(difference.toString()));
        lines.addAll(between(origin(one), origin(other)));
        return lines;
    }

    private RunConfig config(TrialRecord trial) {
        return ConfigReader.of(session.wrappers().get(trial.wrapper()).configType())
                .fromJson(trial.config());
    }

    private static Map<String, String> origin(TrialRecord trial) {
        return trial.origin()
                .map(from -> Map.of("origin", from.trial() + " after step " + from.step()))
                .orElse(Map.of());
    }

    private static Map<String, String> provenance(TrialStore open, TrialRecord trial) {
        return open.provenance(trial.hash())
                .map(record -> new Provenance(record).leaves())
                .orElse(Map.of());
    }

    private static Map<String, String> results(TrialRecord trial) {
        Map<String, String> results = new TreeMap<>();
        results.put("state", trial.state().name());
        trial.metrics().forEach((name, value) -> results.put("metrics." + name, value.toString()));
        trial.weights().ifPresent(weights -> results.put("weights", weights.sha256()));
        return results;
    }

    /** {@code name: old → new} for each value that is not the same in both. */
    static List<String> between(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Optional.ofNullable(before.get(name)).equals(Optional.ofNullable(after.get(name))))
                .map(name -> name + ": " + before.getOrDefault(name, "–") + " → " + after.getOrDefault(name, "–"))
                .toList();
    }

    private static String json(Map<String, List<String>> differences) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        differences.forEach((part, lines) -> {
            ObjectNode node = root.putObject(part);
            lines.forEach(line -> {
                String[] nameAndValues = line.split(": ", 2);
                String[] values = nameAndValues[1].split(" → ", 2);
                node.putArray(nameAndValues[0]).add(values[0]).add(values[1]);
            });
        });
        return JsonOutput.text(root);
    }
}
