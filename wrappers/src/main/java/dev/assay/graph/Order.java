package dev.assay.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes in an order in which each comes after what it is computed from, and otherwise as they were declared. */
final class Order {
    private final Map<String, Node> nodes;
    private final Map<String, Node> done = new LinkedHashMap<>();
    private final Set<String> waiting = new LinkedHashSet<>();

    private Order(Map<String, Node> nodes) {
        this.nodes = nodes;
    }

    /** @throws GraphException if nodes wait for one another */
    static List<Node> of(Map<String, Node> nodes) {
        Order order = new Order(nodes);
        nodes.values().forEach(order::visit);
        return List.copyOf(order.done.values());
    }

    private void visit(Node node) {
        if (done.containsKey(node.name())) {
            return;
        }
        if (!waiting.add(node.name())) {
            throw circle(node.name());
        }
        for (String input : node.inputs()) {
            Node before = nodes.get(input);
            if (before != null) {
                visit(before);
            }
        }
        waiting.remove(node.name());
        done.put(node.name(), node);
    }

    private GraphException circle(String name) {
        List<String> path = new ArrayList<>(waiting);
        List<String> circle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
        circle.add(name);
        return new GraphException(
                "The nodes (" + String.join(" ← ", circle) + ") are computed from one another in a circle.");
    }
}
