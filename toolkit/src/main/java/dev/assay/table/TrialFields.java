package dev.assay.table;

import dev.assay.config.ConfigType;
import dev.assay.config.DotPath;
import dev.assay.config.Texts;
import dev.assay.query.ConfigFields;
import dev.assay.query.Field;
import dev.assay.query.Fields;
import dev.assay.query.Value;
import dev.assay.query.ValueType;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What queries may name of a trial: the keys of its config, {@code metrics.NAME} for the final value of a metric, and what the store knows of it:
 * {@code hash}, {@code wrapper}, {@code state}, {@code attempt}, {@code progress}, {@code created}, {@code started}, {@code ended},
 * {@code seconds}, {@code cause}, {@code owner}, {@code comment} and {@code worker}. Immutable.
 */
public final class TrialFields implements Fields<TrialRecord> {
    private static final String METRICS = "metrics";
    private static final Set<String> PARTS = Set.of("data", "model", "train", "seed");
    private static final Map<String, Field<TrialRecord>> OWN = own();

    private final ConfigFields configs;
    private final Set<String> metrics;

    /**
     * The fields of some trials.
     *
     * @param configs the types of run configs that a trial may be of
     */
    public TrialFields(Collection<? extends ConfigType> configs, List<TrialRecord> trials) {
        this.configs = new ConfigFields(List.copyOf(configs));
        this.metrics = metricsOf(trials);
    }

    private static Set<String> metricsOf(List<TrialRecord> trials) {
        return trials.stream()
                .flatMap(trial -> trial.metrics().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Field<TrialRecord>> own() {
        List<String> states =
                Arrays.stream(TrialState.values()).map(TrialState::name).toList();
        Map<String, Field<TrialRecord>> own = new LinkedHashMap<>();
        List.of(
                        Field.<TrialRecord>of("hash", ValueType.TEXT, trial -> Optional.of(Value.text(trial.hash()))),
                        Field.<TrialRecord>of(
                                "wrapper", ValueType.TEXT, trial -> Optional.of(Value.text(trial.wrapper()))),
                        new Field<TrialRecord>(
                                "state",
                                Set.of(ValueType.NAME),
                                states,
                                trial -> Optional.of(Value.name(trial.state().name()))),
                        Field.<TrialRecord>of(
                                "attempt",
                                ValueType.NUMBER,
                                trial -> Optional.of(Value.number(Integer.toString(trial.attempt())))),
                        Field.<TrialRecord>of("progress", ValueType.NUMBER, trial -> Value.number(trial.progress())),
                        Field.<TrialRecord>of(
                                "created", ValueType.TIME, trial -> Optional.of(Value.time(trial.created()))),
                        Field.<TrialRecord>of(
                                "started",
                                ValueType.TIME,
                                trial -> trial.started().map(Value::time)),
                        Field.<TrialRecord>of(
                                "ended", ValueType.TIME, trial -> trial.ended().map(Value::time)),
                        Field.<TrialRecord>of("seconds", ValueType.NUMBER, TrialFields::seconds),
                        Field.<TrialRecord>of(
                                "cause", ValueType.TEXT, trial -> trial.cause().map(Value::text)),
                        Field.<TrialRecord>of(
                                "owner",
                                ValueType.TEXT,
                                trial -> Optional.of(
                                        Value.text(trial.circumstances().owner()))),
                        Field.<TrialRecord>of(
                                "comment",
                                ValueType.TEXT,
                                trial -> trial.circumstances().comment().map(Value::text)),
                        Field.<TrialRecord>of(
                                "worker",
                                ValueType.TEXT,
                                trial -> trial.circumstances().worker().map(Value::text)))
                .forEach(field -> own.put(field.name(), field));
        return own;
    }

    private static Optional<Value> seconds(TrialRecord trial) {
        return trial.started()
                .flatMap(start -> trial.ended().map(end -> Duration.between(start, end)))
                .flatMap(took -> Value.number(took.toMillis() / 1e3));
    }

    @Override
    public Field<TrialRecord> at(DotPath path) {
        String first = path.steps().get(0) instanceof DotPath.Key key ? key.name() : "";
        Field<TrialRecord> own = OWN.get(first);
        if (own != null && path.steps().size() == 1) {
            return own;
        }
        if (first.equals(METRICS)) {
            return metric(path);
        }
        if (PARTS.contains(first)) {
            return ofConfig(configs.at(path));
        }
        List<String> known = new ArrayList<>(PARTS.stream().sorted().toList());
        known.add(METRICS);
        known.addAll(OWN.keySet());
        String hint = Texts.maybe(first, known);
        throw new IllegalArgumentException("The field (" + path + ") is not known; known are "
                + String.join(", ", known) + "." + (hint.isEmpty() ? "" : "\n" + hint));
    }

    private Field<TrialRecord> metric(DotPath path) {
        String name = path.tail().steps().stream()
                .map(step -> step instanceof DotPath.Key key ? key.name() : "")
                .collect(Collectors.joining("."));
        if (!metrics.contains(name)) {
            String hint = Texts.maybe(name, metrics);
            throw new IllegalArgumentException("The metric (" + name + ") is not known; "
                    + (metrics.isEmpty() ? "no trial has any." : "the trials have " + String.join(", ", metrics) + ".")
                    + (hint.isEmpty() ? "" : "\n" + hint));
        }
        return ofMetric(name);
    }

    static Field<TrialRecord> ofMetric(String name) {
        return Field.of(
                METRICS + "." + name,
                ValueType.NUMBER,
                trial -> Optional.ofNullable(trial.metrics().get(name)).flatMap(Value::number));
    }

    private static Field<TrialRecord> ofConfig(Field<JsonNode> field) {
        Function<JsonNode, Optional<Value>> value = field.value();
        return new Field<>(field.name(), field.types(), field.names(), trial -> value.apply(trial.config()));
    }

    /** Everything that some trials have: what the store knows of them, each value of their configs, each metric. */
    public static List<Field<TrialRecord>> allOf(List<TrialRecord> trials) {
        List<Field<TrialRecord>> all = new ArrayList<>(OWN.values());
        ConfigLeaves.of(trials).forEach(path -> all.add(ofConfig(ConfigLeaves.field(path))));
        metricsOf(trials).forEach(name -> all.add(ofMetric(name)));
        return all;
    }
}
