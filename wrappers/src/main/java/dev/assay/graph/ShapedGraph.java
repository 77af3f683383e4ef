package dev.assay.graph;

import ai.djl.ndarray.types.Shape;
import dev.assay.graph.op.ShapeMismatchException;
import dev.assay.graph.op.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A graph with the shape of every value, inferred before anything runs. The first dimension is that of the batch, -1. Immutable and thread-safe.
 */
public final class ShapedGraph {
    private static final long BATCH = -1;

    private final Graph graph;
    private final Map<String, Shape> shapes;
    private final Map<String, OwnedWeight> weights;

    /** A weight, and the node it belongs to. */
    public record OwnedWeight(String node, Weight weight) {}

    private ShapedGraph(Graph graph, Map<String, Shape> shapes, Map<String, OwnedWeight> weights) {
        this.graph = graph;
        this.shapes = Collections.unmodifiableMap(shapes);
        this.weights = Collections.unmodifiableMap(weights);
    }

    /**
     * Infers the shapes.
     *
     * @param examples shape of one example of each input, without the batch; an input that is not among them, and what is computed from it, has
     *     no shape and cannot be run
     * @throws ShapeMismatchException if a node cannot take what it is given, with the names of nodes and their shapes
     * @throws GraphException if two weights have one name
     */
    public static ShapedGraph of(Graph graph, Map<String, Shape> examples) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String input : graph.inputs()) {
            Shape example = examples.get(input);
            if (example != null) {
                shapes.put(input, new Shape(BATCH).addAll(example));
            }
        }
        for (Node node : graph.order()) {
            if (shapes.keySet().containsAll(node.inputs())) {
                shapes.put(node.name(), shape(node, shapes));
            }
        }
        return new ShapedGraph(graph, shapes, weights(graph, shapes));
    }

    /**
     * The shapes of a graph that is made from this one: its inputs have the shapes that values of their names have here.
     *
     * @param change of {@link Surgery} or the like
     * @throws ShapeMismatchException if a node cannot take what it is given any more
     */
    public ShapedGraph edit(UnaryOperator<Graph> change) {
        Map<String, Shape> examples = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            if (shape.dimension() > 0) {
                examples.put(name, shape.slice(1));
            }
        });
        return of(change.apply(graph), examples);
    }

    public Graph graph() {
        return graph;
    }

    /** Shapes by the name of a node or input: the inputs first, then the nodes in the order in which they are computed. */
    public Map<String, Shape> shapes() {
        return shapes;
    }

    /**
     * The shape of a node or input.
     *
     * @throws GraphException if it is not known
     */
    public Shape shape(String name) {
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new GraphException("The shape of (" + name + ") is not known; known are " + shapes.keySet()
                    + ".\nMaybe an input has no example shape.");
        }
        return shape;
    }

    /** The shapes of a node's inputs. */
    public List<Shape> inputShapes(Node node) {
        return node.inputs().stream().map(this::shape).toList();
    }

    /** The arrays the model has, by name: the node's and the weight's joined by a dot. */
    public Map<String, OwnedWeight> weights() {
        return weights;
    }

    /** The weights of a node, by their names in the model. */
    public Map<String, Weight> weightsOf(Node node) {
        Map<String, Weight> own = new LinkedHashMap<>();
        weights.forEach((name, owned) -> {
            if (owned.node().equals(node.name())) {
                own.put(name, owned.weight());
            }
        });
        return own;
    }

    /** The nodes whose shapes are known, in the order in which they are computed. */
    public List<Node> known() {
        return graph.order().stream()
                .filter(node -> shapes.containsKey(node.name()))
                .toList();
    }

    private static Shape shape(Node node, Map<String, Shape> shapes) {
        List<Shape> inputs = node.inputs().stream()
                .map(name -> shapes.getOrDefault(name, new Shape()))
                .toList();
        try {
            return node.op().shape(inputs);
        } catch (ShapeMismatchException e) {
            List<String> given = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                given.add("(" + node.inputs().get(i) + ") of shape " + inputs.get(i));
            }
            throw new ShapeMismatchException("Node (" + node.name() + "), "
                    + node.op().kind() + ", cannot take " + String.join(" and ", given) + ".\n" + e.getMessage());
        }
    }

    private static Map<String, OwnedWeight> weights(Graph graph, Map<String, Shape> shapes) {
        Map<String, OwnedWeight> weights = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            if (!shapes.containsKey(node.name())) {
                continue;
            }
            List<Shape> inputs = node.inputs().stream()
                    .map(name -> shapes.getOrDefault(name, new Shape()))
                    .toList();
            for (Weight weight : node.op().weights(inputs)) {
                String name = node.name() + "." + weight.name();
                if (weights.put(name, new OwnedWeight(node.name(), weight)) != null) {
                    throw new GraphException("Two weights of the graph are called (" + name + ").");
                }
            }
        }
        return weights;
    }
}
