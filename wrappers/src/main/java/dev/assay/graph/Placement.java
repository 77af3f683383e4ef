package dev.assay.graph;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.graph.op.OpConfig;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The name and references that an op has in a config, but not in a graph, where they belong to the node. */
final class Placement {
    private Placement() {}

    /** The op without them. */
    static OpConfig without(OpConfig op) {
        if (op.name().isEmpty() && op.from().isEmpty()) {
            return op;
        }
        ObjectNode json = ConfigWriter.toJson(op);
        json.putNull("name");
        json.putArray("from");
        return ConfigReader.like(op).fromJson(json);
    }

    /** The op with these. */
    static OpConfig with(OpConfig op, String name, List<String> from) {
        ObjectNode json = ConfigWriter.toJson(op);
        json.put("name", name);
        ArrayNode references = json.putArray("from");
        from.forEach(references::add);
        return ConfigReader.like(op).fromJson(json);
    }
}
