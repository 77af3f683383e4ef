package dev.assay.graph;

import dev.assay.graph.op.Op;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Graphs made of graphs. Nothing here changes what it is given; nodes keep their names, so that arrays can be shared by name, but where it is said
 * otherwise. Shapes are checked by {@link ShapedGraph#edit}, which takes any of these.
 */
public final class Surgery {
    private Surgery() {}

    /**
     * What lies between some values and others: the nodes that {@code to} needs when {@code from} is given.
     *
     * @param from names of nodes or inputs, which become the inputs
     * @param to names of nodes, which become the outputs
     * @throws GraphException if {@code to} needs an input that is not given
     */
    public static Graph part(Graph graph, List<String> from, List<String> to) {
        List<Node> needed = graph.needed(to, from);
        Set<String> missing = new LinkedHashSet<>(graph.inputsOf(needed));
        missing.removeAll(from);
        if (!missing.isEmpty()) {
            throw new GraphException("The part from " + from + " to " + to + " also needs " + missing + ".");
        }
        Set<String> names = namesOf(needed);
        List<Node> declared = graph.nodes().stream()
                .filter(node -> names.contains(node.name()))
                .toList();
        return Graph.of(from, declared, to, graph.loss().filter(names::contains));
    }

    /**
     * Several graphs as one. The nodes of each have its prefix, as if they lay in a group of that name; inputs keep their names, and one that several
     * have is given to all of them. The outputs are those of all, and the loss that of the only one that has one.
     *
     * @param parts by prefix, which is empty for one whose nodes are to keep their names
     * @throws GraphException if two nodes would have one name
     */
    public static Graph merge(Map<String, Graph> parts) {
        Set<String> inputs = new LinkedHashSet<>();
        List<Node> nodes = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<String> losses = new ArrayList<>();
        parts.forEach((prefix, graph) -> {
            UnaryOperator<String> renamed = name -> graph.hasNode(name) ? Draft.join(prefix, name) : name;
            inputs.addAll(graph.inputs());
            graph.nodes()
                    .forEach(node -> nodes.add(new Node(
                            renamed.apply(node.name()),
                            node.op(),
                            node.inputs().stream().map(renamed).toList())));
            graph.outputs().forEach(output -> outputs.add(renamed.apply(output)));
            graph.loss().ifPresent(loss -> losses.add(renamed.apply(loss)));
        });
        Optional<String> loss = losses.size() == 1 ? Optional.of(losses.get(0)) : Optional.empty();
        return Graph.of(List.copyOf(inputs), nodes, outputs, loss);
    }

    /** What {@link #merge} makes of the names of one part's arrays. */
    public static <T> Map<String, T> prefixed(String prefix, Map<String, T> arrays) {
        Map<String, T> renamed = new LinkedHashMap<>();
        arrays.forEach((name, array) -> renamed.put(Draft.join(prefix, name), array));
        return renamed;
    }

    /**
     * A node that is computed from other values.
     *
     * @throws GraphException if a name is none, or nodes would wait for one another
     */
    public static Graph rewire(Graph graph, String node, List<String> inputs) {
        Node other = graph.node(node).withInputs(inputs);
        return with(graph, each -> each.name().equals(node) ? other : each);
    }

    /**
     * All that reads a value reads another, the outputs and the loss among them; only that other may go on to read it itself.
     *
     * @param from name of a node or input
     * @param to name of a node or input
     * @throws GraphException likewise
     */
    public static Graph redirect(Graph graph, String from, String to) {
        UnaryOperator<String> other = name -> name.equals(from) ? to : name;
        List<Node> nodes = graph.nodes().stream()
                .map(node -> node.name().equals(to)
                        ? node
                        : node.withInputs(node.inputs().stream().map(other).toList()))
                .toList();
        return Graph.of(
                graph.inputs(),
                nodes,
                graph.outputs().stream().map(other).toList(),
                graph.loss().map(other));
    }

    /**
     * A new node behind a value: all that read the value, the outputs among them, read the node instead.
     *
     * @param value name of a node or input
     * @param name of the new node
     * @throws GraphException if the name is there already, or the value is not
     */
    public static Graph insert(Graph graph, String value, String name, Op op) {
        return redirect(append(graph, new Node(name, op, List.of(value))), value, name);
    }

    /** A new node that nothing reads yet. */
    public static Graph append(Graph graph, Node node) {
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.add(node);
        return Graph.of(graph.inputs(), nodes, graph.outputs(), graph.loss());
    }

    /** A node that computes something else from the same. */
    public static Graph replace(Graph graph, String node, Op op) {
        Node other = new Node(node, op, graph.node(node).inputs());
        return with(graph, each -> each.name().equals(node) ? other : each);
    }

    /** The same with other outputs. */
    public static Graph withOutputs(Graph graph, List<String> outputs) {
        return Graph.of(graph.inputs(), graph.nodes(), outputs, graph.loss());
    }

    /** The nodes that neither an output nor the loss needs left out, and inputs that nothing reads then. */
    public static Graph prune(Graph graph) {
        Set<String> roots = new LinkedHashSet<>(graph.outputs());
        graph.loss().ifPresent(roots::add);
        List<Node> needed = graph.needed(roots, List.of());
        Set<String> names = namesOf(needed);
        List<Node> kept = graph.nodes().stream()
                .filter(node -> names.contains(node.name()))
                .toList();
        List<String> inputs = graph.inputs().stream()
                .filter(input -> roots.contains(input) || graph.inputsOf(needed).contains(input))
                .toList();
        return Graph.of(inputs, kept, graph.outputs(), graph.loss());
    }

    private static Graph with(Graph graph, UnaryOperator<Node> change) {
        return Graph.of(graph.inputs(), graph.nodes().stream().map(change).toList(), graph.outputs(), graph.loss());
    }

    private static Set<String> namesOf(Collection<Node> nodes) {
        Set<String> names = new LinkedHashSet<>();
        nodes.forEach(node -> names.add(node.name()));
        return names;
    }
}
