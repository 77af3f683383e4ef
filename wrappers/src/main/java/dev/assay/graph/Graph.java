package dev.assay.graph;

import dev.assay.graph.op.OpConfig;
import dev.assay.model.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model as named nodes, each computed from others or from inputs of the graph. It is declared, in Java or in a config, never traced:
 *
 * <pre>{@code
 * Graph.of(g -> g.input("image", "label")
 *         .add("conv", Ops.conv(16, 3))
 *         .add("relu", Ops.relu())
 *         .add("flat", Ops.flatten())
 *         .add("logits", Ops.linear(10))
 *         .add("loss", Ops.crossEntropy(), "logits", "label"))
 * }</pre>
 *
 * <p>Names of nodes are words joined by dots, the first of which are the groups it lies in; the array {@code weight} of the node
 * {@code block1.conv2} is called {@code block1.conv2.weight}. Immutable, and equal to whatever has the same inputs, nodes in the same order, outputs
 * and loss; nothing here touches native memory. Thread-safe.
 */
public final class Graph {
    private final List<String> inputs;
    private final Map<String, Node> nodes;
    private final List<String> outputs;
    private final Optional<String> loss;
    private final List<Node> order;

    private Graph(List<String> inputs, List<Node> nodes, List<String> outputs, Optional<String> loss) {
        this.inputs = List.copyOf(inputs);
        this.nodes = byName(inputs, nodes);
        this.outputs = List.copyOf(outputs);
        this.loss = loss;
        requireKnown();
        this.order = Order.of(this.nodes);
    }

    /**
     * The graph of these nodes, whose inputs are names from the top.
     *
     * @param outputs names of nodes
     * @param loss name of the node to be made small
     * @throws GraphException if a name is missing or meant twice, or nodes wait for one another
     */
    public static Graph of(List<String> inputs, List<Node> nodes, List<String> outputs, Optional<String> loss) {
        return new Graph(inputs, nodes, outputs, loss);
    }

    /**
     * The graph that {@code body} declares.
     *
     * @throws GraphException likewise
     */
    public static Graph of(Consumer<GraphBuilder> body) {
        GraphBuilder builder = new GraphBuilder();
        body.accept(builder);
        return builder.build();
    }

    /**
     * The graph a config declares.
     *
     * @throws GraphException likewise
     */
    public static Graph from(GraphConfig config) {
        return resolve(
                config.inputs(),
                config.nodes().stream().map(Draft::declared).toList(),
                config.outputs(),
                config.loss());
    }

    static Graph resolve(
            List<String> inputs, List<Draft.Declared> declared, List<String> outputs, Optional<String> loss) {
        if (inputs.isEmpty() || declared.isEmpty()) {
            throw new GraphException("A graph needs an input and a node; it has inputs " + inputs + " and "
                    + declared.size() + " nodes.");
        }
        References references = References.of(inputs, Draft.place("", declared));
        List<Node> nodes = references.nodes();
        Optional<String> small =
                loss.map(name -> references.atTop("The loss", name)).or(() -> onlyLoss(nodes));
        List<String> given = outputs.isEmpty()
                ? lastOf(nodes, small)
                : outputs.stream()
                        .map(name -> references.atTop("An output", name))
                        .toList();
        return new Graph(inputs, nodes, given, small);
    }

    /** A model that computes with this graph, without arrays yet. */
    public Model toModel() {
        return Model.of(new GraphModel(this));
    }

    /** What it is given, by name. */
    public List<String> inputs() {
        return inputs;
    }

    /** Its nodes in the order of their declaration. */
    public List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    /** Its nodes so that each comes after what it is computed from, and otherwise as they were declared. */
    public List<Node> order() {
        return order;
    }

    /** Names of the nodes it gives, the loss not among them unless it was declared so. */
    public List<String> outputs() {
        return outputs;
    }

    /** Name of the node to be made small. */
    public Optional<String> loss() {
        return loss;
    }

    public boolean hasNode(String name) {
        return nodes.containsKey(name);
    }

    /**
     * The node of that name.
     *
     * @throws GraphException if there is none, with the names there are
     */
    public Node node(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new GraphException("The graph has no node (" + name + "); there are " + nodes.keySet() + ".");
        }
        return node;
    }

    /** The nodes that are computed from a node or input, in the order of their declaration; one that reads it twice is there twice. */
    public List<Node> readers(String name) {
        List<Node> readers = new ArrayList<>();
        for (Node node : nodes.values()) {
            node.inputs().stream().filter(name::equals).forEach(input -> readers.add(node));
        }
        return readers;
    }

    /**
     * The nodes that must be computed for some to be known, in order.
     *
     * @param wanted names of nodes or inputs
     * @param known names of nodes whose values are there, and above which nothing is computed
     * @throws GraphException if a name is none
     */
    public List<Node> needed(Collection<String> wanted, Collection<String> known) {
        Set<String> needed = new HashSet<>(wanted);
        needed.removeAll(known);
        wanted.forEach(this::requireName);
        known.forEach(this::requireName);
        for (int i = order.size() - 1; i >= 0; i--) {
            Node node = order.get(i);
            if (needed.contains(node.name())) {
                node.inputs().stream().filter(input -> !known.contains(input)).forEach(needed::add);
            }
        }
        return order.stream().filter(node -> needed.contains(node.name())).toList();
    }

    /** The inputs of the graph that some nodes are computed from, in order. */
    public List<String> inputsOf(Collection<Node> some) {
        Set<String> read = new HashSet<>();
        some.forEach(node -> read.addAll(node.inputs()));
        return inputs.stream().filter(read::contains).toList();
    }

    /**
     * The same graph as a config, without groups: its nodes have their names from the top.
     *
     * @throws GraphException if an op is not one that a config can hold
     */
    public GraphConfig toConfig() {
        ImmutableGraphConfig.Builder config = ImmutableGraphConfig.builder()
                .addAllInputs(inputs)
                .addAllOutputs(outputs)
                .loss(loss);
        for (Node node : nodes.values()) {
            if (!(node.op() instanceof OpConfig op)) {
                throw new GraphException("Node (" + node.name() + ") has an op of Java ("
                        + node.op().kind() + "), which no config can hold.");
            }
            config.addNodes(Placement.with(op, node.name(), node.inputs()));
        }
        return config.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Graph graph
                && inputs.equals(graph.inputs)
                && nodes().equals(graph.nodes())
                && outputs.equals(graph.outputs)
                && loss.equals(graph.loss);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs, nodes(), outputs, loss);
    }

    @Override
    public String toString() {
        return "Graph of " + nodes.size() + " nodes, from " + inputs + " to " + outputs;
    }

    private static Map<String, Node> byName(List<String> inputs, List<Node> nodes) {
        Map<String, Node> named = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (inputs.contains(node.name())) {
                throw new GraphException("A node and an input of the graph are both called (" + node.name() + ").");
            }
            if (named.put(node.name(), node) != null) {
                throw new GraphException("Two nodes of the graph are called (" + node.name() + ").");
            }
        }
        return Collections.unmodifiableMap(named);
    }

    private void requireKnown() {
        if (new HashSet<>(inputs).size() != inputs.size()) {
            throw new GraphException("Two inputs of the graph have one name: " + inputs + ".");
        }
        for (Node node : nodes.values()) {
            for (String input : node.inputs()) {
                if (!nodes.containsKey(input) && !inputs.contains(input)) {
                    throw new GraphException("Node (" + node.name() + ") is computed from (" + input
                            + "), which is neither a node nor an input of the graph; there are " + names() + ".");
                }
            }
        }
        outputs.forEach(this::requireName);
        loss.ifPresent(this::node);
    }

    private void requireName(String name) {
        if (!nodes.containsKey(name) && !inputs.contains(name)) {
            throw new GraphException("The graph has no node or input (" + name + "); there are " + names() + ".");
        }
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>(inputs);
        names.addAll(nodes.keySet());
        return names;
    }

    private static Optional<String> onlyLoss(List<Node> nodes) {
        List<String> losses = nodes.stream()
                .filter(node -> node.op().isLoss())
                .map(Node::name)
                .toList();
        if (losses.size() > 1) {
            throw new GraphException("The graph has several losses, " + losses
                    + ", and must name the node that is to be made small, such as their sum.");
        }
        return losses.stream().findFirst();
    }

    private static List<String> lastOf(List<Node> nodes, Optional<String> loss) {
        List<String> candidates = nodes.stream()
                .filter(node -> !node.op().isLoss() && !loss.equals(Optional.of(node.name())))
                .map(Node::name)
                .toList();
        return candidates.isEmpty() ? List.of() : List.of(candidates.get(candidates.size() - 1));
    }
}
