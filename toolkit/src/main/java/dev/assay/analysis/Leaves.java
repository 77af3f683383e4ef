package dev.assay.analysis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A config as its leaves: dot path to value. Lists are leaves; so is an empty object. */
final class Leaves {
    private Leaves() {}

    static Map<String, JsonNode> of(JsonNode config) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        collect("", config, leaves);
        return leaves;
    }

    /** One of them, without the others. */
    static Optional<JsonNode> at(JsonNode config, String path) {
        if (path.isEmpty()) {
            return config.isObject() && !config.isEmpty() ? Optional.empty() : Optional.of(config);
        }
        // A key may have a dot in it.
        for (int end = path.indexOf('.'); end >= 0; end = path.indexOf('.', end + 1)) {
            JsonNode part = config.get(path.substring(0, end));
            Optional<JsonNode> found = part == null ? Optional.empty() : at(part, path.substring(end + 1));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.ofNullable(config.get(path)).flatMap(value -> at(value, ""));
    }

    private static void collect(String path, JsonNode node, Map<String, JsonNode> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(entry -> collect(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), leaves));
        } else {
            leaves.put(path, node);
        }
    }
}
