package dev.assay.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.Autograd;
import dev.assay.engine.Layout;
import dev.assay.error.AssayException;
import dev.assay.graph.op.JavaOp;
import dev.assay.graph.op.Weight;
import dev.assay.model.Mode;
import dev.assay.random.Seed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A graph with its arrays. Its outputs are computed by one call of the engine, unless it has an op of Java; any other values node by node. Parameters and
 * buffers are called by their node's name and PyTorch's for the weight, joined by a dot ({@code block1.conv2.weight}); what a run makes belongs to the
 * manager of the arrays it is given. Not safe for use by several threads.
 */
public final class GraphNetwork {
    private final ShapedGraph shaped;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final Map<String, NDArray> buffers = new LinkedHashMap<>();
    /** The weights of each node by the names its op has for them. */
    private final Map<String, Map<String, NDArray>> byNode = new HashMap<>();

    private final Set<String> frozenStatistics = new HashSet<>();
    private final NodeMethods methods;
    private final NDManager memory;
    private Optional<GraphScript> whole;

    private GraphNetwork(ShapedGraph shaped, NDManager memory) {
        this.shaped = shaped;
        this.memory = memory;
        this.methods = NodeMethods.compile(shaped);
        memory.attachInternal("methods of a graph " + System.identityHashCode(this), methods);
        // After the nodes, whose errors have their names.
        this.whole = compile(false);
    }

    private Optional<GraphScript> compile(boolean isBfloat16) {
        Optional<GraphScript> compiled = GraphScript.compile(shaped, isBfloat16);
        compiled.ifPresent(
                script -> memory.attachInternal("code of a graph " + System.identityHashCode(script), script));
        return compiled;
    }

    /** From now on computes matrix products in bfloat16 where all outputs are asked for; single values stay in single precision. */
    public void useBfloat16() {
        whole = compile(true);
    }

    /**
     * A network with its first arrays, which depend on the seed and their names only. Parameters ask for gradients.
     *
     * @param memory owns the arrays; must outlive the network
     * @param type {@code FLOAT32} or {@code FLOAT64}
     * @throws AssayException if the engine refuses the code of a node
     */
    public static GraphNetwork initialize(ShapedGraph shaped, NDManager memory, Seed seed, DataType type) {
        Map<String, NDArray> none = Map.of();
        return initialize(shaped, memory, seed, type, none);
    }

    /**
     * The same, but some arrays are shared with another network.
     *
     * @param shared arrays by name; may have more than are needed
     * @throws AssayException likewise, or if a shared array has another shape
     */
    public static GraphNetwork initialize(
            ShapedGraph shaped, NDManager memory, Seed seed, DataType type, Map<String, NDArray> shared) {
        Map<String, NDArray> arrays = new LinkedHashMap<>(shared);
        shaped.weights().forEach((name, owned) -> {
            if (!shared.containsKey(name)) {
                NDArray array = FirstArrays.draw(name, owned.weight(), seed, memory, type);
                array.setRequiresGradient(owned.weight().isTrained());
                arrays.put(name, array);
            }
        });
        return over(shaped, memory, arrays);
    }

    /**
     * A network over arrays that are there, such as those of another, which it shares.
     *
     * @param arrays by name; may have more than are needed
     * @throws AssayException if one is missing or has another shape
     */
    public static GraphNetwork over(ShapedGraph shaped, NDManager memory, Map<String, NDArray> arrays) {
        GraphNetwork network = new GraphNetwork(shaped, memory);
        shaped.weights().forEach((name, owned) -> {
            NDArray array = arrays.get(name);
            if (array == null || !array.getShape().equals(owned.weight().shape())) {
                throw new AssayException("Weight (" + name + ") must be an array of shape "
                        + owned.weight().shape() + "; "
                        + (array == null ? "there are " + arrays.keySet() : "the one given is " + array.getShape())
                        + ".");
            }
            network.add(name, owned, array);
        });
        return network;
    }

    /** The graph and the shapes of its values. */
    public ShapedGraph shaped() {
        return shaped;
    }

    /** Whether all its nodes can be compiled, which ops of Java cannot. */
    public boolean isCompilable() {
        return whole.isPresent();
    }

    /** What is trained, by name, in the order of the graph. */
    public Map<String, NDArray> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** What is kept but not trained, such as the statistics of batch norm, by name. */
    public Map<String, NDArray> buffers() {
        return Collections.unmodifiableMap(buffers);
    }

    /** Parameters and buffers by name, in the order of the graph. */
    public Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        shaped.weights().forEach((name, owned) -> tensors.put(name, array(name, owned.weight())));
        return tensors;
    }

    /**
     * Gives one array the values it has at the start of a training with that seed.
     *
     * @throws AssayException if there is no such array
     */
    public void reset(String name, Seed seed) {
        ShapedGraph.OwnedWeight owned = owned(name);
        NDArray array = array(name, owned.weight());
        try (NDManager scratch = array.getManager().newSubManager()) {
            NDArray first = FirstArrays.draw(name, owned.weight(), seed, scratch, array.getDataType());
            Layout.assign(array, first.toByteBuffer());
        }
    }

    /**
     * Makes the node that a buffer belongs to normalise by its statistics and leave them alone whatever the mode is, or no longer so.
     *
     * @return whether they were frozen before
     * @throws AssayException if there is no such buffer
     */
    public boolean freezeStatistics(String buffer, boolean isFrozen) {
        String node = owned(buffer).node();
        return isFrozen ? !frozenStatistics.add(node) : frozenStatistics.remove(node);
    }

    /** The outputs of the graph and, where what it needs is given, its loss; see {@link #forward(Map, Map, Collection, Mode)}. */
    public Values forward(Map<String, NDArray> inputs, Mode mode) {
        if (whole.isPresent()) {
            return forward(whole.get(), inputs, mode);
        }
        List<String> wanted = new ArrayList<>(shaped.graph().outputs());
        shaped.graph()
                .loss()
                .filter(loss -> !wanted.contains(loss) && canCompute(loss, inputs.keySet()))
                .ifPresent(wanted::add);
        return forward(inputs, Map.of(), wanted, mode);
    }

    private Values forward(GraphScript script, Map<String, NDArray> inputs, Mode mode) {
        requireGiven(
                shaped.graph().needed(shaped.graph().outputs(), Set.of()),
                shaped.graph().outputs(),
                inputs);
        NDManager owner = ownerOf(inputs);
        boolean[] updating = updating(script.statistics(), mode);
        Supplier<Map<String, NDArray>> body =
                () -> script.run(owner, inputs, tensors().values(), updating, mode.isDropping());
        return new Values(mode.isRecording() ? Autograd.recording(body) : Autograd.notRecording(body));
    }

    /** For each of some nodes whether it uses the batch and moves its statistics. */
    boolean[] updating(List<String> nodes, Mode mode) {
        boolean[] updating = new boolean[nodes.size()];
        for (int i = 0; i < updating.length; i++) {
            updating[i] = isUpdating(nodes.get(i), mode);
        }
        return updating;
    }

    /**
     * Values of the graph by name, in the order they are asked for. Only what they are computed from is computed; what is injected is not, nor what
     * lies above it and nowhere else.
     *
     * @param inputs inputs of the graph; those that are not needed may be left out
     * @param inject values of nodes, in place of what they would compute
     * @param want names of nodes or inputs
     * @throws AssayException if an input is missing, an array has another shape than the graph was made for, or a node fails
     */
    public Values forward(
            Map<String, NDArray> inputs, Map<String, NDArray> inject, Collection<String> want, Mode mode) {
        Map<String, NDArray> given = new LinkedHashMap<>(inputs);
        given.putAll(inject);
        List<Node> plan = shaped.graph().needed(want, inject.keySet());
        requireGiven(plan, want, given);
        NDManager owner = ownerOf(given);
        Supplier<Map<String, NDArray>> body =
                () -> Run.of(plan, given, want, (node, arrays) -> compute(node, arrays, owner, mode));
        return new Values(mode.isRecording() ? Autograd.recording(body) : Autograd.notRecording(body));
    }

    private NDArray compute(Node node, List<NDArray> inputs, NDManager owner, Mode mode) {
        Map<String, NDArray> weights = byNode.getOrDefault(node.name(), Map.of());
        boolean isUpdating = isUpdating(node.name(), mode);
        return node.op() instanceof JavaOp op
                ? op.run(inputs, weights, mode, isUpdating)
                : methods.call(node, owner, inputs, weights.values(), isUpdating, mode.isDropping());
    }

    private boolean isUpdating(String node, Mode mode) {
        return mode.isUpdatingStatistics() && !frozenStatistics.contains(node);
    }

    private static NDManager ownerOf(Map<String, NDArray> given) {
        return given.values().stream()
                .findFirst()
                .map(NDArray::getManager)
                .orElseThrow(() -> new AssayException("A graph is run on arrays; none were given."));
    }

    /** The TorchScript of the nodes, each method for all nodes that do the same, for people. */
    public String code() {
        return methods.code();
    }

    private void add(String name, ShapedGraph.OwnedWeight owned, NDArray array) {
        (owned.weight().isTrained() ? parameters : buffers).put(name, array);
        byNode.computeIfAbsent(owned.node(), node -> new LinkedHashMap<>())
                .put(owned.weight().name(), array);
    }

    private NDArray array(String name, Weight weight) {
        return Objects.requireNonNull((weight.isTrained() ? parameters : buffers).get(name), name);
    }

    private ShapedGraph.OwnedWeight owned(String name) {
        ShapedGraph.OwnedWeight owned = shaped.weights().get(name);
        if (owned == null) {
            throw new AssayException("The network has no array (" + name + "); there are "
                    + shaped.weights().keySet() + ".");
        }
        return owned;
    }

    private boolean canCompute(String name, Set<String> inputs) {
        Graph graph = shaped.graph();
        return inputs.containsAll(graph.inputsOf(graph.needed(List.of(name), Set.of())));
    }

    private void requireGiven(List<Node> plan, Collection<String> want, Map<String, NDArray> given) {
        Graph graph = shaped.graph();
        Stream.concat(graph.inputsOf(plan).stream(), want.stream().filter(graph.inputs()::contains))
                .filter(input -> !given.containsKey(input))
                .findFirst()
                .ifPresent(input -> {
                    throw new AssayException(
                            "Input (" + input + ") is needed for " + want + "; given are " + given.keySet() + ".");
                });
        given.forEach(this::requireShape);
    }

    private void requireShape(String name, NDArray array) {
        Shape expected = shaped.shapes().get(name);
        Shape actual = array.getShape();
        boolean isSame = expected == null
                || (expected.dimension() == actual.dimension()
                        && expected.dimension() > 0
                        && expected.slice(1).equals(actual.slice(1)))
                || expected.equals(actual);
        if (!isSame) {
            throw new AssayException("The array for (" + name + ") has shape " + actual + "; the network was made for "
                    + expected + ".");
        }
    }
}
