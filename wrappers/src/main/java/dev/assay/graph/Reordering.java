package dev.assay.graph;

import dev.assay.graph.op.Activation;
import dev.assay.graph.op.Pooling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the same in another order, where that is less work. A rectifier before a maximum gives the same values after it, and the same
 * gradients: where the largest value of a window is not above 0, neither lets any through. There it has a quarter of the values or fewer.
 */
final class Reordering {
    /** Ends the name of a maximum that is yet to be rectified, which no node of a graph can have. */
    private static final String UNRECTIFIED = "#";

    private Reordering() {}

    /**
     * Nodes of a plan with rectifiers moved behind the maximum that is their only reader. The rectifier then has the name of the maximum.
     *
     * @param want names of the values that are asked for
     */
    static List<Node> of(List<Node> plan, Collection<String> want) {
        Map<String, Node> computed = new HashMap<>();
        Map<String, Integer> readers = new HashMap<>();
        for (Node node : plan) {
            computed.put(node.name(), node);
            node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        List<Node> reordered = new ArrayList<>(plan);
        for (Node node : plan) {
            if (node.op() instanceof Pooling.MaxPool) {
                String input = node.inputs().get(0);
                Node before = computed.get(input);
                if (before != null
                        && before.op() instanceof Activation.Relu
                        && readers.getOrDefault(input, 0) == 1
                        && !want.contains(input)) {
                    swap(reordered, before, node);
                }
            }
        }
        return reordered;
    }

    /** The name of the node whose shape a node of a reordered plan has. */
    static String original(String name) {
        return name.endsWith(UNRECTIFIED) ? name.substring(0, name.length() - UNRECTIFIED.length()) : name;
    }

    private static void swap(List<Node> nodes, Node rectifier, Node maximum) {
        nodes.remove(rectifier);
        int place = nodes.indexOf(maximum);
        String name = maximum.name() + UNRECTIFIED;
        nodes.set(place, new Node(name, maximum.op(), rectifier.inputs()));
        nodes.add(place + 1, new Node(maximum.name(), rectifier.op(), List.of(name)));
    }
}
