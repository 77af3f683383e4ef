package dev.assay.cli;

import dev.assay.config.TypedValue;
import dev.assay.config.Validated;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What differs between two configs, by path. Numbers of one value are equal however they were written.
 *
 * @param path of a single value, or of what is empty or absent
 * @param before empty where the first config has no such path
 * @param after empty where the second has none
 */
record ConfigDiff(String path, Optional<JsonNode> before, Optional<JsonNode> after) {

    /** @param stateless whether values that are no part of the identity are compared, too */
    static List<ConfigDiff> between(Validated before, Validated after, boolean stateless) {
        Map<String, TypedValue> old = TypedValue.of(before).leaves();
        Map<String, TypedValue> now = TypedValue.of(after).leaves();
        List<ConfigDiff> differences = new ArrayList<>();
        for (String path : merged(old.keySet(), now.keySet())) {
            Optional<TypedValue> left = Optional.ofNullable(old.get(path));
            Optional<TypedValue> right = Optional.ofNullable(now.get(path));
            boolean counts = stateless || !left.or(() -> right).orElseThrow().isStateless();
            ConfigDiff difference = new ConfigDiff(path, left.map(TypedValue::json), right.map(TypedValue::json));
            if (counts && !isSame(difference.before, difference.after)) {
                differences.add(difference);
            }
        }
        return differences;
    }

    /** {@code path: old → new}; a dash stands for no value. */
    @Override
    public String toString() {
        return path + ": " + shown(before) + " → " + shown(after);
    }

    /** All paths, those of the second config only after what comes before them there. */
    private static List<String> merged(Set<String> before, Set<String> after) {
        List<String> paths = new ArrayList<>(before);
        int at = 0;
        for (String path : after) {
            int known = before.contains(path) ? paths.indexOf(path) : -1;
            if (known < 0) {
                paths.add(at, path);
            }
            at = Math.max(at, known) + 1;
        }
        return paths;
    }

    private static boolean isSame(Optional<JsonNode> one, Optional<JsonNode> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        JsonNode left = one.get();
        JsonNode right = other.get();
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue()) == 0;
        }
        boolean texts = left.isString() && right.isString();
        return texts ? normal(left.asString()).equals(normal(right.asString())) : left.equals(right);
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String shown(Optional<JsonNode> value) {
        return value.map(JsonOutput::line).orElse("–");
    }
}
