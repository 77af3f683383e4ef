package dev.assay.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.error.AssayException;
import dev.assay.model.Mode;
import dev.assay.model.Network;
import dev.assay.model.Outputs;
import dev.assay.random.Seed;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A graph as the network of a model. Not safe for use by several threads. */
public final class GraphModel implements Network {
    private final Graph graph;
    private Optional<GraphNetwork> network = Optional.empty();

    GraphModel(Graph graph) {
        this.graph = graph;
    }

    public Graph graph() {
        return graph;
    }

    /**
     * The graph with its arrays.
     *
     * @throws AssayException if it was not initialised yet
     */
    public GraphNetwork network() {
        return network.orElseThrow(
                () -> new AssayException("The model has no arrays yet; initialize comes before forward."));
    }

    @Override
    public List<String> inputs() {
        return graph.inputsOf(graph.needed(graph.outputs(), Set.of()));
    }

    @Override
    public List<String> outputs() {
        return graph.outputs();
    }

    @Override
    public void initialize(NDManager memory, Map<String, Shape> examples, Seed seed, DataType type) {
        network = Optional.of(GraphNetwork.initialize(ShapedGraph.of(graph, examples), memory, seed, type));
    }

    @Override
    public Map<String, NDArray> parameters() {
        return network.map(GraphNetwork::parameters).orElse(Map.of());
    }

    @Override
    public Map<String, NDArray> buffers() {
        return network.map(GraphNetwork::buffers).orElse(Map.of());
    }

    @Override
    public Outputs forward(Batch batch, Mode mode) {
        Map<String, NDArray> given = new LinkedHashMap<>();
        graph.inputs().stream().filter(batch.names()::contains).forEach(name -> given.put(name, batch.get(name)));
        Map<String, NDArray> values =
                new LinkedHashMap<>(network().forward(given, mode).asMap());
        Optional<NDArray> loss = graph.loss().flatMap(name -> Optional.ofNullable(values.get(name)));
        graph.loss().filter(name -> !graph.outputs().contains(name)).ifPresent(values::remove);
        return new Outputs(values, loss);
    }

    @Override
    public List<String> nodes() {
        return graph.nodes().stream()
                .filter(node -> !node.op().isLoss())
                .map(Node::name)
                .toList();
    }

    @Override
    public Map<String, NDArray> values(Batch batch, Collection<String> wanted) {
        List<String> inOrder = nodes().stream().filter(wanted::contains).toList();
        return network().forward(given(batch), Map.of(), inOrder, Mode.TEST).asMap();
    }

    private Map<String, NDArray> given(Batch batch) {
        Map<String, NDArray> given = new LinkedHashMap<>();
        graph.inputs().stream().filter(batch.names()::contains).forEach(name -> given.put(name, batch.get(name)));
        return given;
    }

    @Override
    public void reset(String tensor, Seed seed) {
        network().reset(tensor, seed);
    }

    @Override
    public boolean freezeStatistics(String buffer, boolean isFrozen) {
        return network().freezeStatistics(buffer, isFrozen);
    }
}
