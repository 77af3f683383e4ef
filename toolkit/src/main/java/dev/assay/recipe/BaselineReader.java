package dev.assay.recipe;

import dev.assay.config.ConfigTrees;
import dev.assay.config.ConfigType;
import dev.assay.config.ConfigWriter;
import dev.assay.config.DotPath;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.TypePaths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the report's settings; the paths and values of its baseline are checked against the run config. */
final class BaselineReader {
    private static final String PATH = "report.baseline";
    private static final int MOST_SHOWN = 8;

    private final ConfigType runConfig;
    private final Faults faults;

    BaselineReader(ConfigType runConfig, Faults faults) {
        this.runConfig = runConfig;
        this.faults = faults;
    }

    /** @param node the report as written, where it is; its baseline is checked even if the other keys are faulty */
    Recipe.ReportSettings read(Optional<LocatedNode> node, Optional<RecipeFile> keys) {
        Map<String, JsonNode> baseline = new LinkedHashMap<>();
        node.flatMap(report -> child(report, "baseline")).ifPresent(tree -> {
            if (tree instanceof LocatedNode.Mapping mapping) {
                mapping.entries().forEach(entry -> value(entry).ifPresent(json -> baseline.put(entry.key(), json)));
            }
        });
        Optional<String> metric = keys.flatMap(RecipeFile::report).flatMap(RecipeFile.ReportKeys::metric);
        return new Recipe.ReportSettings(metric, baseline);
    }

    /** Refuses a baseline that no trial is of. */
    void match(Optional<LocatedNode> node, Recipe.ReportSettings report, List<? extends PlannedTrial<?>> trials) {
        Optional<LocatedNode> written = node.flatMap(known -> child(known, "baseline"));
        if (written.isEmpty() || !(written.get() instanceof LocatedNode.Mapping mapping)) {
            return;
        }
        List<ObjectNode> configs = trials.stream().map(PlannedTrial::json).toList();
        int before = faults.additions();
        for (LocatedNode.Entry entry : mapping.entries()) {
            JsonNode wanted = report.baseline().get(entry.key());
            if (wanted != null && configs.stream().noneMatch(config -> has(config, entry.key(), wanted))) {
                faults.add(
                        entry.value().place(),
                        PATH + "." + entry.key(),
                        "The baseline must be among the trials, but none has this value; there "
                                + values(configs, entry.key()));
            }
        }
        boolean found = configs.stream()
                .anyMatch(config -> report.baseline().entrySet().stream()
                        .allMatch(value -> has(config, value.getKey(), value.getValue())));
        if (faults.additions() == before && !found) {
            faults.add(
                    mapping.place(),
                    PATH,
                    "The baseline must be among the trials, but none has all of these values together.");
        }
    }

    private static boolean has(JsonNode config, String path, JsonNode wanted) {
        JsonNode value = DotPath.parse(path).in(config);
        boolean numbers = value.isNumber() && wanted.isNumber();
        return numbers ? value.decimalValue().compareTo(wanted.decimalValue()) == 0 : value.equals(wanted);
    }

    private static String values(List<ObjectNode> configs, String path) {
        List<String> values = configs.stream()
                .map(config -> DotPath.parse(path).in(config))
                .filter(value -> !value.isMissingNode())
                .map(JsonNode::toString)
                .distinct()
                .toList();
        String shown = String.join(", ", values.subList(0, Math.min(values.size(), MOST_SHOWN)));
        return values.isEmpty() ? "is none." : "is " + shown + (values.size() > MOST_SHOWN ? ", …." : ".");
    }

    private static Optional<LocatedNode> child(LocatedNode node, String key) {
        return node instanceof LocatedNode.Mapping mapping
                ? mapping.find(key).map(LocatedNode.Entry::value)
                : Optional.empty();
    }

    private Optional<JsonNode> value(LocatedNode.Entry entry) {
        List<ConfigType> types;
        try {
            types = TypePaths.at(runConfig, DotPath.parse(entry.key()));
        } catch (IllegalArgumentException e) {
            String[] lines = String.valueOf(e.getMessage()).split("\n", 2);
            faults.add(entry.keyPlace(), PATH, lines[0], lines.length > 1 ? lines[1] : "");
            return Optional.empty();
        }
        Faults first = new Faults();
        for (ConfigType type : types) {
            Faults own = new Faults();
            Optional<Object> value = ConfigTrees.check(type, entry.value(), PATH + "." + entry.key(), own);
            if (value.isPresent()) {
                return value.map(known -> ConfigWriter.toJson(type, known));
            }
            if (first.isEmpty()) {
                first.addAll(own);
            }
        }
        faults.addAll(first);
        return Optional.empty();
    }
}
