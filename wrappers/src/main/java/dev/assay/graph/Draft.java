package dev.assay.graph;

import dev.assay.graph.op.Group;
import dev.assay.graph.op.NodeConfig;
import dev.assay.graph.op.Op;
import dev.assay.graph.op.OpConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node or group as it was declared: with its name from the top, but with references as they were written.
 *
 * @param path name from the top
 * @param op empty for a group
 * @param from as written; empty for the default
 * @param children of a group
 */
record Draft(String path, Optional<Op> op, List<String> from, List<Draft> children) {
    private static final String GROUP = "group";

    /** A declaration whose place is not known yet. */
    record Declared(Optional<String> name, Optional<Op> op, List<String> from, List<Declared> children) {
        private String kind() {
            return op.map(Op::kind).orElse(GROUP);
        }
    }

    /** A config's node, its name and references apart from its op. */
    static Declared declared(NodeConfig node) {
        if (node instanceof Group group) {
            return new Declared(
                    group.name(),
                    Optional.empty(),
                    group.from(),
                    group.nodes().stream().map(Draft::declared).toList());
        }
        OpConfig op = (OpConfig) node;
        return new Declared(op.name(), Optional.of(Placement.without(op)), op.from(), List.of());
    }

    /** Siblings with their names from the top; who has none is called by its kind and a running number among those of its kind. */
    static List<Draft> place(String scope, List<Declared> siblings) {
        Map<String, Integer> counts = new HashMap<>();
        List<Draft> placed = new ArrayList<>();
        for (Declared each : siblings) {
            int number = counts.merge(each.kind(), 1, Integer::sum);
            String path = join(scope, each.name().orElse(each.kind() + number));
            placed.add(new Draft(path, each.op(), each.from(), place(path, each.children())));
        }
        return placed;
    }

    /** The node that gives its value: itself, or the last of a group. */
    String output() {
        return children.isEmpty() ? path : children.get(children.size() - 1).output();
    }

    static String join(String scope, String name) {
        return scope.isEmpty() ? name : scope + "." + name;
    }
}
