package dev.assay.recipe;

import dev.assay.config.ConfigType;
import dev.assay.config.ConfigWriter;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.Place;
import dev.assay.config.RunConfig;
import dev.assay.config.Texts;
import dev.assay.query.Condition;
import dev.assay.query.ConfigFields;
import dev.assay.query.Field;
import dev.assay.query.QueryException;
import dev.assay.query.QueryReader;
import dev.assay.query.Truth;
import dev.assay.query.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The conditions of a sweep, checked against the type of the run config. */
final class SweepConditions {
    private static final List<String> FLAGS = List.of("true", "false");

    private final ConfigFields fields;
    private final Faults faults;
    private final Map<Sweep.Where, Condition<JsonNode>> conditions = new HashMap<>();

    SweepConditions(ConfigType type, Faults faults) {
        this.fields = new ConfigFields(List.of(type));
        this.faults = faults;
    }

    void check(List<Sweep.Where> wheres, List<Sweep.When> whens) {
        QueryReader<JsonNode> reader = new QueryReader<>(fields);
        for (Sweep.Where where : wheres) {
            try {
                conditions.put(where, reader.condition(where.text()));
            } catch (QueryException e) {
                e.faults()
                        .forEach(fault -> faults.add(
                                where.place(),
                                where.path(),
                                "At character " + fault.column() + " of the condition: " + fault.message(),
                                fault.hint()));
            }
        }
        whens.forEach(this::check);
    }

    private void check(Sweep.When when) {
        try {
            Field<JsonNode> field = fields.at(when.path());
            List<String> values = field.types().contains(ValueType.FLAG) ? FLAGS : field.names();
            if (values.isEmpty()) {
                faults.add(
                        when.place(),
                        "sweep.when",
                        "The path (" + when.path() + ") must lead to a kind, another name or a boolean.");
                return;
            }
            when.branches().stream()
                    .filter(branch -> !values.contains(branch.value()))
                    .forEach(branch -> unknown(branch.value(), branch.place(), when, values));
        } catch (IllegalArgumentException e) {
            String[] lines = String.valueOf(e.getMessage()).split("\n", 2);
            faults.add(when.place(), "sweep.when", lines[0], lines.length > 1 ? lines[1] : "");
        }
    }

    private void unknown(String value, Place place, Sweep.When when, List<String> values) {
        faults.add(
                place,
                "sweep.when." + when.path(),
                "The value (" + value + ") must be one of " + String.join(", ", values) + ".",
                Texts.maybe(value, values));
    }

    /** Whether the trial of a config is wanted. */
    boolean isWanted(List<Sweep.Where> wheres, RunConfig config) {
        if (wheres.isEmpty()) {
            return true;
        }
        JsonNode json = ConfigWriter.toJson(config);
        return wheres.stream().allMatch(where -> condition(where).holds(json));
    }

    /** Whether a config is not wanted whatever its faults are, by what was written of it. */
    boolean isSurelyUnwanted(List<Sweep.Where> wheres, LocatedNode tree) {
        if (wheres.isEmpty()) {
            return false;
        }
        JsonNode json = ConfigWriter.toJson(new ConfigType.TreeType(), tree);
        return wheres.stream().anyMatch(where -> condition(where).of(json) == Truth.FALSE);
    }

    private Condition<JsonNode> condition(Sweep.Where where) {
        Condition<JsonNode> known = conditions.get(where);
        if (known == null) {
            throw new IllegalStateException("The condition (" + where.text() + ") must have been checked.");
        }
        return known;
    }
}
