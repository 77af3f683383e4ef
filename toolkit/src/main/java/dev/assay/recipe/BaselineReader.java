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

/** Reads the report's settings; the paths and values of its baseline are checked against the run config. */
final class BaselineReader {
    private static final String PATH = "report.baseline";

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
            faults.add(entry.keyPlace(), PATH, String.valueOf(e.getMessage()));
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
