package dev.assay.stitching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.activation.Units;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.engine.Layout;
import dev.assay.engine.Scope;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphException;
import dev.assay.graph.GraphNetwork;
import dev.assay.graph.Node;
import dev.assay.graph.ShapedGraph;
import dev.assay.graph.Surgery;
import dev.assay.graph.op.Attention;
import dev.assay.graph.op.Dropout;
import dev.assay.graph.op.ImmutableAttention;
import dev.assay.graph.op.Op;
import dev.assay.graph.op.Ops;
import dev.assay.graph.op.ShapeMismatchException;
import dev.assay.model.Mode;
import dev.assay.similarity.JointMoments;
import dev.assay.similarity.LinearMap;
import dev.assay.similarity.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A graph of two (Lenc and Vedaldi 2015; Bansal, Nakkiran and Barak 2021): the first up to one of its nodes, a layer, and the second, for which the
 * layer's value stands in the place of one of its nodes. Nodes have the prefixes {@link #FIRST}, {@link #LAYER} and {@link #SECOND}; outputs and loss
 * are those of the second. Dropout of both is 0, as in a test. The graphs it is made of stay as they are. Immutable and thread-safe.
 */
public final class Stitching {
    /** Prefix of what comes from the first graph. */
    public static final String FIRST = "first";

    /** Prefix of the nodes between. */
    public static final String LAYER = "stitch";

    /** Prefix of what comes from the second graph. */
    public static final String SECOND = "second";

    private static final int BATCH = 128;

    private final Graph graph;
    private final StitchingLayer layer;
    private final String read;
    private final String replaced;

    private Stitching(Graph graph, StitchingLayer layer, String read, String replaced) {
        this.graph = graph;
        this.layer = layer;
        this.read = read;
        this.replaced = replaced;
    }

    /**
     * Joins two graphs.
     *
     * @param from node of the first whose value goes into the layer
     * @param to node of the second whose value is replaced
     * @throws GraphException if there is no such node, or the second's outputs are computed from the inputs past {@code to}
     * @throws ShapeMismatchException if the layer cannot map the one shape to the other
     */
    public static Stitching of(ShapedGraph first, String from, ShapedGraph second, String to, StitchingLayer layer) {
        Graph front = front(first.graph(), from);
        Graph back = back(second.graph(), to);
        // In order, since bits depend on that of parameters.
        Map<String, Graph> parts = new LinkedHashMap<>();
        parts.put(FIRST, front);
        parts.put(SECOND, back);
        Graph merged = Surgery.merge(parts);
        Map<String, Op> ops = nodes(first, from, second, to, layer);
        List<Node> nodes = new ArrayList<>(merged.nodes());
        String last = FIRST + "." + from;
        String read = last;
        for (Map.Entry<String, Op> each : ops.entrySet()) {
            String name = LAYER + "." + each.getKey();
            nodes.add(new Node(name, each.getValue(), List.of(last)));
            // What comes before the map has no arrays: a size or a shape.
            read = each.getKey().equals("resize") ? name : read;
            last = name;
        }
        Graph joined =
                Graph.of(merged.inputs(), nodes, outputs(back), back.loss().map(Stitching::ofSecond));
        return new Stitching(Surgery.prune(Surgery.redirect(joined, to, last)), layer, read, to);
    }

    /** The stitched graph. */
    public Graph graph() {
        return graph;
    }

    /**
     * Makes the layer what a config says it is to be before its training; its first values are random.
     *
     * @param stitched of {@link #graph}, with the arrays of both
     * @param second the whole second network
     * @param train what the regression is over, in stored order and as it is
     * @return the map that was fitted, if any
     */
    public Optional<LinearMap> start(
            StitchingStart start, GraphNetwork stitched, GraphNetwork second, Partition train) {
        if (!(start instanceof StitchingStart.Regression settings)) {
            return Optional.empty();
        }
        Regression regression = regression(settings.penalty());
        long left = settings.examples().orElse(Long.MAX_VALUE);
        try (BatchStream batches = train.batches(Pass.evaluation((int) Math.min(BATCH, left)))) {
            while (left > 0 && batches.hasNext()) {
                try (Scope scope = Scope.open(manager(stitched), List.of())) {
                    Batch batch = batches.next(scope.manager());
                    regression.add(stitched, second, arrays(batch));
                    left -= batch.size();
                }
            }
        }
        return Optional.of(regression.start(stitched));
    }

    private static NDManager manager(GraphNetwork network) {
        return network.tensors().values().iterator().next().getManager();
    }

    private Map<String, NDArray> arrays(Batch batch) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        graph.inputs().forEach(name -> arrays.put(name, batch.get(name)));
        return arrays;
    }

    /** What starts the layer from examples. */
    public Regression regression(double penalty) {
        return new Regression(penalty);
    }

    /**
     * The best map from the first network's values to the second's, over any number of batches, which are not kept. Mutable; not for several threads.
     */
    public final class Regression {
        private final double penalty;
        private Optional<JointMoments> moments = Optional.empty();

        private Regression(double penalty) {
            this.penalty = penalty;
        }

        /**
         * Takes in examples.
         *
         * @param stitched of {@link #graph}, with the first's arrays
         * @param second the whole second network
         * @param inputs of both, a batch
         */
        public void add(GraphNetwork stitched, GraphNetwork second, Map<String, NDArray> inputs) {
            add(value(stitched, read, inputs), value(second, replaced, inputs));
        }

        private void add(NDArray from, NDArray to) {
            Matrix x = rows(from);
            Matrix y = rows(to);
            if (moments.isEmpty()) {
                moments = Optional.of(JointMoments.of(x.columns(), y.columns()));
            }
            JointMoments unused = moments.get().add(x, y);
        }

        private Matrix rows(NDArray values) {
            return layer.isByPlaces() ? Places.rows(values) : Units.ALL.of(values);
        }

        /**
         * Gives the layer the map that fits best.
         *
         * @throws dev.assay.error.AssayException if there are too few examples, or all values to fit are the same
         */
        public LinearMap start(GraphNetwork stitched) {
            LinearMap map = layer.fit(penalty)
                    .fit(moments.orElseThrow(() -> new GraphException("The regression was given no examples.")));
            layer.arrays(map).forEach((name, values) -> assign(stitched, LAYER + "." + name, values));
            return map;
        }
    }

    private static NDArray value(GraphNetwork network, String name, Map<String, NDArray> inputs) {
        return network.forward(inputs, Map.of(), List.of(name), Mode.TEST).get(name);
    }

    private static void assign(GraphNetwork network, String name, double[] values) {
        NDArray array = network.tensors().get(name);
        if (array == null) {
            throw new GraphException("The network has no array (" + name + "); it is none of this stitching.");
        }
        try (NDManager scratch = array.getManager().newSubManager()) {
            NDArray fitted = scratch.create(values, array.getShape()).toType(array.getDataType(), false);
            Layout.assign(array, fitted.toByteBuffer());
        }
    }

    private static Graph front(Graph first, String from) {
        Node unused = first.node(from);
        return settled(Surgery.part(first, first.inputs(), List.of(from)));
    }

    /** From the node on; besides it, only what is not needed for it may be read, such as labels. */
    private static Graph back(Graph second, String to) {
        Node unused = second.node(to);
        Set<String> above = Set.copyOf(second.inputsOf(second.needed(List.of(to), List.of())));
        List<String> given = new ArrayList<>(List.of(to));
        second.inputs().stream().filter(input -> !above.contains(input)).forEach(given::add);
        List<String> wanted = new ArrayList<>(second.outputs());
        second.loss().filter(loss -> !wanted.contains(loss)).ifPresent(wanted::add);
        try {
            Graph part = Surgery.part(second, given, wanted);
            return settled(Surgery.withOutputs(part, second.outputs()));
        } catch (GraphException e) {
            throw new GraphException("What the second graph gives is not computed from (" + to + ") alone: "
                    + e.getMessage() + "\nMaybe a connection goes around it; the sum where the two meet would do.");
        }
    }

    private static Map<String, Op> nodes(
            ShapedGraph first, String from, ShapedGraph second, String to, StitchingLayer layer) {
        try {
            return layer.nodes(first.shape(from), second.shape(to));
        } catch (ShapeMismatchException e) {
            throw new ShapeMismatchException("Node (" + from + ") of the first graph cannot be stitched to (" + to
                    + ") of the second: " + e.getMessage());
        }
    }

    private static Graph settled(Graph graph) {
        Graph settled = graph;
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Dropout) {
                settled = Surgery.replace(settled, node.name(), Ops.dropout(0));
            } else if (node.op() instanceof Attention attention) {
                Attention whole = ImmutableAttention.copyOf(attention).withDropout(0);
                settled = Surgery.replace(settled, node.name(), whole);
            }
        }
        return settled;
    }

    private static List<String> outputs(Graph back) {
        return back.outputs().stream().map(Stitching::ofSecond).toList();
    }

    private static String ofSecond(String name) {
        return SECOND + "." + name;
    }

    /**
     * The arrays of two networks by their names in the stitched one; more than it has, since it has a part of each.
     *
     * @param first arrays of the first network by name
     * @param second likewise
     */
    public static <T> Map<String, T> arrays(Map<String, T> first, Map<String, T> second) {
        Map<String, T> arrays = new LinkedHashMap<>(Surgery.prefixed(FIRST, first));
        arrays.putAll(Surgery.prefixed(SECOND, second));
        return arrays;
    }

    @Override
    public String toString() {
        return "Stitching " + graph.nodes().stream().map(Node::name).collect(Collectors.joining(", "));
    }
}
