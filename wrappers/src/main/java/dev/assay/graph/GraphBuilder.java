package dev.assay.graph;

import dev.assay.graph.op.NodeConfig;
import dev.assay.graph.op.Op;
import dev.assay.graph.op.OpConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Declares a graph, node by node. A reference is the name of a node, of a group, which stands for its last node, or of an input: it is looked for
 * among the siblings, then below them, then one group further out; {@code in} is what the group is given, and a name after a dot is one from the
 * top. Without references a node is computed from the one before it, and the first of a group from what the group is given. Not safe for use by
 * several threads.
 */
public final class GraphBuilder {
    private final List<String> inputs = new ArrayList<>();
    private final List<Draft.Declared> nodes = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private Optional<String> loss = Optional.empty();

    GraphBuilder() {}

    /** Names arrays the graph is given; the first of all is what its first node is computed from. */
    public GraphBuilder input(String... names) {
        inputs.addAll(Arrays.asList(names));
        return this;
    }

    /** Adds a node that is called by its kind and a running number, computed from the one before it. */
    public GraphBuilder add(Op op) {
        return declare(Optional.empty(), op, List.of());
    }

    /**
     * Adds a node.
     *
     * @param from references to what it is computed from
     * @throws GraphException if it cannot have that name
     */
    public GraphBuilder add(String name, Op op, String... from) {
        return declare(Optional.of(name), op, Arrays.asList(from));
    }

    /**
     * Adds a group of nodes.
     *
     * @param from references to what it is given
     */
    public GraphBuilder group(String name, Consumer<GraphBuilder> body, String... from) {
        GraphBuilder inner = new GraphBuilder();
        body.accept(inner);
        nodes.add(new Draft.Declared(Optional.of(requireName(name)), Optional.empty(), List.of(from), inner.nodes));
        return this;
    }

    /** Names nodes the graph gives; without any, the last that is no loss. */
    public GraphBuilder output(String... references) {
        outputs.addAll(Arrays.asList(references));
        return this;
    }

    /** Names the node to be made small; without it, the only loss there is. */
    public GraphBuilder loss(String reference) {
        loss = Optional.of(reference);
        return this;
    }

    Graph build() {
        return Graph.resolve(inputs, nodes, outputs, loss);
    }

    private GraphBuilder declare(Optional<String> name, Op op, List<String> from) {
        name.ifPresent(GraphBuilder::requireName);
        Op bare = op instanceof OpConfig config ? Placement.without(config) : op;
        nodes.add(new Draft.Declared(name, Optional.of(bare), List.copyOf(from), List.of()));
        return this;
    }

    private static String requireName(String name) {
        if (!name.matches(NodeConfig.NAME)) {
            throw new GraphException("A node cannot be called (" + name
                    + "); names are words of letters, digits, hyphens and underscores, joined by dots.");
        }
        return name;
    }
}
