package dev.assay.table;

import dev.assay.config.DotPath;
import dev.assay.query.Field;
import dev.assay.query.Value;
import dev.assay.query.ValueType;
import dev.assay.store.TrialRecord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The single values of recorded configs, whatever their types were; a list is one value. */
final class ConfigLeaves {
    private ConfigLeaves() {}

    /** The paths that any of the configs has, in their order. */
    static Set<DotPath> of(List<TrialRecord> trials) {
        Set<DotPath> paths = new LinkedHashSet<>();
        trials.forEach(trial -> collect(List.of(), trial.config(), paths));
        return paths;
    }

    private static void collect(List<DotPath.Step> steps, JsonNode node, Set<DotPath> into) {
        if (!node.isObject()) {
            into.add(new DotPath(steps));
            return;
        }
        node.properties().forEach(entry -> {
            List<DotPath.Step> below = new ArrayList<>(steps);
            below.add(new DotPath.Key(entry.getKey()));
            collect(below, entry.getValue(), into);
        });
    }

    static Field<JsonNode> field(DotPath path) {
        return new Field<>(
                path.toString(), EnumSet.allOf(ValueType.class), List.of(), config -> value(path.in(config)));
    }

    private static Optional<Value> value(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (node.isNumber()) {
            return Optional.of(Value.number(node.asString()));
        }
        if (node.isBoolean()) {
            return Optional.of(Value.flag(node.asBoolean()));
        }
        return Optional.of(
                node.isContainer() ? new Value(ValueType.STRUCTURE, node.toString()) : Value.text(node.asString()));
    }
}
