package dev.assay.analysis;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A config as its leaves: dot path to value. Lists are leaves; so is an empty object. */
final class Leaves {
    private Leaves() {}

    static Map<String, JsonNode> of(JsonNode config) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        collect("", config, leaves);
        return leaves;
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
