package dev.assay.cli;

import dev.assay.config.TypedValue;
import dev.assay.identity.TrialIdentity;
import dev.assay.recipe.PlannedTrial;
import dev.assay.run.Plan;
import dev.assay.store.Experiment;
import dev.assay.store.Failure;
import dev.assay.store.MetricSeries;
import dev.assay.store.TrialRecord;
import dev.assay.table.FieldTable;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What programs read. */
final class JsonOutput {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final JsonMapper COMPACT = JsonMapper.shared();

    private JsonOutput() {}

    static String plan(String experiment, Plan plan) {
        ObjectNode root = JSON.createObjectNode().put("experiment", experiment);
        root.put("open", plan.open()).put("done", plan.served());
        var trials = root.putArray("trials");
        plan.entries()
                .forEach(entry -> trials.addObject()
                        .put("hash", entry.spec().hash())
                        .put("state", entry.state())
                        .put("wrapper", entry.spec().wrapper())
                        .set("config", entry.spec().config()));
        return text(root);
    }

    static String trials(List<TrialRecord> trials) {
        ObjectNode root = JSON.createObjectNode();
        var list = root.putArray("trials");
        trials.forEach(trial -> list.add(trial(trial)));
        return text(root);
    }

    static String rows(FieldTable table) {
        ObjectNode root = JSON.createObjectNode();
        root.set("trials", table.json());
        return text(root);
    }

    /** A trial with everything the store knows but its series. */
    static ObjectNode trial(TrialRecord trial) {
        ObjectNode node = JSON.createObjectNode();
        node.put("hash", trial.hash())
                .put("wrapper", trial.wrapper())
                .put("state", trial.state().name())
                .put("attempt", trial.attempt())
                .put("progress", trial.progress());
        node.set("config", trial.config());
        trial.origin()
                .ifPresent(origin ->
                        node.putObject("origin").put("trial", origin.trial()).put("step", origin.step()));
        ObjectNode metrics = node.putObject("metrics");
        trial.metrics().forEach((name, value) -> {
            if (Double.isFinite(value)) {
                metrics.put(name, value);
            } else {
                metrics.put(name, value.toString());
            }
        });
        trial.weights()
                .ifPresent(weights -> node.putObject("weights")
                        .put("sha256", weights.sha256())
                        .put("file", weights.file())
                        .put("bytes", weights.bytes()));
        trial.cause().ifPresent(cause -> node.put("cause", cause));
        trial.failure().ifPresent(failure -> putFailure(node.putObject("failure"), failure));
        trial.lastLog().ifPresent(log -> node.put("lastLog", log));
        node.put("owner", trial.circumstances().owner());
        trial.circumstances().comment().ifPresent(comment -> node.put("comment", comment));
        trial.circumstances().worker().ifPresent(worker -> node.put("worker", worker));
        node.put("created", trial.created().toString());
        trial.started().ifPresent(time -> node.put("started", time.toString()));
        trial.ended().ifPresent(time -> node.put("ended", time.toString()));
        return node;
    }

    private static void putFailure(ObjectNode node, Failure failure) {
        node.put("kind", failure.kind().name());
        failure.errorClass().ifPresent(name -> node.put("errorClass", name));
        failure.place().ifPresent(place -> node.put("place", place));
        failure.stack().ifPresent(stack -> node.put("stack", stack));
    }

    /** The same with its series. */
    static String trial(TrialRecord trial, List<MetricSeries> series) {
        ObjectNode node = trial(trial);
        ObjectNode all = node.putObject("series");
        for (MetricSeries each : series) {
            var points = all.putArray(each.name());
            for (int i = 0; i < each.size(); i++) {
                ObjectNode point = points.addObject()
                        .put("step", each.step(i))
                        .put("epoch", each.epoch(i))
                        .put("seconds", each.seconds(i));
                if (Double.isFinite(each.value(i))) {
                    point.put("value", each.value(i));
                } else {
                    point.put("value", Double.toString(each.value(i)));
                }
            }
        }
        return text(node);
    }

    /** A value of a config with its path and type. */
    static String typed(String path, TypedValue found) {
        ObjectNode root = JSON.createObjectNode().put("path", path);
        root.put("type", TypeWords.of(found.type(), found.limits()));
        root.set("value", found.json());
        return text(root);
    }

    static String differences(String wrapperBefore, String wrapperAfter, List<ConfigDiff> differences) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("wrappers").add(wrapperBefore).add(wrapperAfter);
        var list = root.putArray("differences");
        for (ConfigDiff difference : differences) {
            ObjectNode node = list.addObject().put("path", difference.path());
            difference.before().ifPresent(value -> node.set("before", value));
            difference.after().ifPresent(value -> node.set("after", value));
        }
        return text(root);
    }

    static String sources(List<Experiment.Source> sources) {
        ObjectNode root = JSON.createObjectNode();
        var list = root.putArray("sources");
        sources.forEach(source -> list.addObject()
                .put("layer", source.layer())
                .put("name", source.name())
                .put("text", source.text()));
        return text(root);
    }

    static String explanations(String path, List<ObjectNode> explanations) {
        ObjectNode root = JSON.createObjectNode().put("path", path);
        root.putArray("explanations").addAll(explanations);
        return text(root);
    }

    static String hashes(List<List<PlannedTrial<?>>> cells) {
        ObjectNode root = JSON.createObjectNode();
        var list = root.putArray("cells");
        for (List<PlannedTrial<?>> cell : cells) {
            TrialIdentity first = cell.get(0).identity();
            ObjectNode node = list.addObject()
                    .put("data", first.data())
                    .put("model", first.model())
                    .put("train", first.train());
            var trials = node.putArray("trials");
            cell.forEach(trial -> trials.addObject()
                    .put("seed", trial.identity().seed())
                    .put("trial", trial.identity().trial()));
        }
        return text(root);
    }

    /** A value on one line. */
    static String line(JsonNode value) {
        return COMPACT.writeValueAsString(value);
    }

    static String text(ObjectNode node) {
        return JSON.writeValueAsString(node);
    }
}
