package dev.assay.cli;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.config.DotPath;
import dev.assay.config.Fault;
import dev.assay.config.LenientReading;
import dev.assay.config.Migrations;
import dev.assay.config.ObjectType;
import dev.assay.config.RunConfig;
import dev.assay.config.TypedValue;
import dev.assay.error.AssayException;
import dev.assay.recipe.PlannedTrial;
import dev.assay.recipe.Recipe;
import dev.assay.run.Plan;
import dev.assay.store.TrialRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds the configs a recipe asks for against those on record. */
final class RecordedConfigs {
    private static final int SHORT_HASH = 10;

    private RecordedConfigs() {}

    /**
     * Refuses configs that are not read back as they are written: what a worker would run then were not what was asked for.
     *
     * @throws AssayException with what differs
     */
    static void refuseLossy(Recipe<?> recipe) {
        for (PlannedTrial<?> trial : recipe.trials()) {
            RunConfig config = trial.config();
            byte[] written = ConfigWriter.toJson(config).toString().getBytes(StandardCharsets.UTF_8);
            RunConfig again =
                    ConfigReader.of(type(config)).fromJson(JsonMapper.shared().readTree(written));
            if (!again.equals(config)) {
                throw new AssayException(
                        "The config of trial (" + shortened(trial) + ") must be read as it is written, but"
                                + lines(ConfigDiff.between(config, again, true))
                                + "\nMaybe a rule or a default is not the same each time it is asked for, or a text is not valid Unicode.");
            }
        }
    }

    /**
     * Refuses trials that are on record with other values than those asked for. Since defaults are no part of a hash, that is what comes of a
     * changed one.
     *
     * @throws AssayException with what differs
     */
    static void refuseChanged(Recipe<?> recipe, Plan plan) {
        Map<String, TrialRecord> known = plan.entries().stream()
                .flatMap(entry -> entry.known().stream())
                .collect(Collectors.toMap(TrialRecord::hash, record -> record));
        for (PlannedTrial<?> trial : recipe.trials()) {
            TrialRecord record = known.get(trial.identity().trial());
            List<ConfigDiff> changes =
                    record == null || isSame(trial, record) ? List.of() : changes(trial.config(), record.config());
            if (!changes.isEmpty()) {
                throw new AssayException("The trial (" + shortened(trial) + ") is on record with other values:"
                        + lines(changes)
                        + "\nMaybe a default was changed, which must not be: a key with another name may have another default."
                        + "\nTo train such trials again with the new values, use run --force.");
            }
        }
    }

    /** Nearly always they are, and reading them takes much longer. */
    private static boolean isSame(PlannedTrial<?> trial, TrialRecord record) {
        ObjectNode asked = trial.json();
        // The same number may be a node of another type once it was written and read.
        return record.config().equals(asked) || record.config().toString().equals(asked.toString());
    }

    private static List<ConfigDiff> changes(RunConfig asked, ObjectNode recorded) {
        LenientReading<? extends RunConfig> read = ConfigReader.of(type(asked)).lenient(recorded, Migrations.none());
        List<ConfigDiff> changes = new ArrayList<>();
        read.config().ifPresent(config -> changes.addAll(ConfigDiff.between(config, asked, false)));
        Map<String, TypedValue> leaves = TypedValue.of(asked).leaves();
        for (Fault fault : read.warnings()) {
            TypedValue now = leaves.get(fault.path());
            if (now != null && !now.isStateless()) {
                // A value that cannot be read any more, such as a constant that an enum had.
                changes.add(new ConfigDiff(
                        fault.path(), Optional.of(DotPath.parse(fault.path()).in(recorded)), Optional.of(now.json())));
            }
        }
        return changes;
    }

    private static Class<? extends RunConfig> type(RunConfig config) {
        return ObjectType.of(config).javaClass().asSubclass(RunConfig.class);
    }

    private static String shortened(PlannedTrial<?> trial) {
        return trial.identity().trial().substring(0, SHORT_HASH);
    }

    private static String lines(List<ConfigDiff> differences) {
        return differences.stream().map(each -> "\n  " + each).collect(Collectors.joining());
    }
}
