package dev.assay.graph;

import dev.assay.graph.op.ScriptOp;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes of a run may write their value over that of their input, as a rectifier may after a convolution. */
final class Overwriting {
    private Overwriting() {}

    /**
     * Names of the nodes of a plan that may do so: their input is read by no other, not wanted, not given from outside, and not kept by its own op
     * for its gradient.
     *
     * @param plan all nodes that are run, in order
     * @param want names of the values that are asked for
     */
    static Set<String> nodes(List<Node> plan, Collection<String> want) {
        Map<String, Node> computed = new HashMap<>();
        Map<String, Integer> readers = new HashMap<>();
        for (Node node : plan) {
            computed.put(node.name(), node);
            node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        Set<String> overwriting = new LinkedHashSet<>();
        for (Node node : plan) {
            if (node.op() instanceof ScriptOp op
                    && op.canOverwrite()
                    && !node.inputs().isEmpty()) {
                String input = node.inputs().get(0);
                Node before = computed.get(input);
                if (before != null && !keeps(before) && readers.getOrDefault(input, 0) == 1 && !want.contains(input)) {
                    overwriting.add(node.name());
                }
            }
        }
        return overwriting;
    }

    private static boolean keeps(Node node) {
        return !(node.op() instanceof ScriptOp op) || op.keepsOutput();
    }
}
