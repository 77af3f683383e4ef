package dev.assay.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.engine.Native;
import dev.assay.model.Mode;
import dev.assay.random.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Laws of graphs, over random ones; a failure names its seed. */
class GraphPropertyTest {
    private static final int GRAPHS = 60;

    private static void forAll(int count, LongConsumer law) {
        LongStream.range(0, count).forEach(seed -> {
            try {
                law.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        });
    }

    @Test
    @Tag("G5")
    void order_ofAnyGraph_putsEachNodeAfterItsInputs() {
        forAll(GRAPHS, seed -> {
            Graph graph = RandomGraphs.of(seed);
            Set<String> known = new HashSet<>(graph.inputs());
            for (Node node : graph.order()) {
                assertThat(known).containsAll(node.inputs());
                known.add(node.name());
            }
            assertThat(graph.order()).containsExactlyInAnyOrderElementsOf(graph.nodes());
        });
    }

    @Test
    @Tag("G1")
    void config_ofAnyGraph_leadsBackToIt() {
        forAll(GRAPHS, seed -> {
            Graph graph = RandomGraphs.of(seed);
            String yaml = ConfigWriter.toYaml(graph.toConfig());
            assertThat(ConfigReader.of(GraphConfig.class)
                            .parse(yaml, "graph.yaml")
                            .graph())
                    .isEqualTo(graph);
        });
    }

    @Test
    @Tag("G3")
    void needed_inAnyGraph_isClosedAndNoMore() {
        forAll(GRAPHS, seed -> {
            Graph graph = RandomGraphs.of(seed);
            List<Node> needed = graph.needed(graph.outputs(), List.of());
            Set<String> names = new HashSet<>();
            needed.forEach(node -> names.add(node.name()));
            for (Node node : needed) {
                boolean isRead = graph.readers(node.name()).stream().anyMatch(needed::contains);
                assertThat(isRead || graph.outputs().contains(node.name())).isTrue();
                assertThat(node.inputs())
                        .allMatch(
                                input -> names.contains(input) || graph.inputs().contains(input));
            }
        });
    }

    @Test
    @Tag("G4")
    void forward_withAnyValuesInjected_givesTheSame() throws Exception {
        Native.run(memory -> forAll(GRAPHS, seed -> {
            try (NDManager scratch = memory.newSubManager()) {
                GraphNetwork network = network(RandomGraphs.of(seed), scratch);
                Graph graph = network.shaped().graph();
                Map<String, NDArray> inputs = inputs(scratch);
                Map<String, NDArray> all = network.forward(inputs, Map.of(), names(graph), Mode.TEST)
                        .asMap();
                Map<String, NDArray> inject = new LinkedHashMap<>();
                for (int i = 0; i < graph.nodes().size(); i += 2) {
                    String name = graph.nodes().get(i).name();
                    inject.put(name, get(all, name));
                }
                Values again = network.forward(inputs, inject, graph.outputs(), Mode.TEST);
                graph.outputs().forEach(name -> same(again.get(name), get(all, name)));
            }
        }));
    }

    @Test
    @Tag("G6")
    void part_betweenAnyValues_givesTheSame() throws Exception {
        Native.run(memory -> forAll(GRAPHS, seed -> {
            try (NDManager scratch = memory.newSubManager()) {
                GraphNetwork network = network(RandomGraphs.of(seed), scratch);
                Graph graph = network.shaped().graph();
                Map<String, NDArray> inputs = inputs(scratch);
                Map<String, NDArray> all = network.forward(inputs, Map.of(), names(graph), Mode.TEST)
                        .asMap();
                List<String> from = new ArrayList<>(graph.inputs());
                from.add(graph.order().get(graph.order().size() / 2).name());
                from.removeAll(graph.outputs());
                Map<String, NDArray> given = new LinkedHashMap<>(inputs);
                from.forEach(name -> given.putIfAbsent(name, all.getOrDefault(name, get(inputs, "x"))));

                ShapedGraph part = network.shaped().edit(g -> Surgery.part(g, from, g.outputs()));
                Values values =
                        GraphNetwork.over(part, scratch, network.tensors()).forward(given, Mode.TEST);

                graph.outputs().forEach(name -> same(values.get(name), get(all, name)));
            }
        }));
    }

    @Test
    @Tag("G7")
    void merge_ofAnyTwo_givesTheValuesOfBoth() throws Exception {
        Native.run(memory -> forAll(GRAPHS / 2, seed -> {
            try (NDManager scratch = memory.newSubManager()) {
                Map<String, GraphNetwork> networks = new LinkedHashMap<>();
                networks.put("one", network(RandomGraphs.of(seed), scratch));
                networks.put("two", network(RandomGraphs.of(seed + 1000), scratch));
                Map<String, Graph> graphs = new LinkedHashMap<>();
                Map<String, NDArray> arrays = new LinkedHashMap<>();
                Map<String, NDArray> expected = new LinkedHashMap<>();
                networks.forEach((prefix, network) -> {
                    graphs.put(prefix, network.shaped().graph());
                    arrays.putAll(Surgery.prefixed(prefix, network.tensors()));
                    expected.putAll(Surgery.prefixed(
                            prefix, network.forward(inputs(scratch), Mode.TEST).asMap()));
                });

                ShapedGraph merged = ShapedGraph.of(Surgery.merge(graphs), RandomGraphs.EXAMPLES);
                Values actual = GraphNetwork.over(merged, scratch, arrays).forward(inputs(scratch), Mode.TEST);

                assertThat(actual.names()).isEqualTo(expected.keySet());
                expected.forEach((name, array) -> same(actual.get(name), array));
            }
        }));
    }

    @Test
    @Tag("G7")
    void prune_ofAnyGraph_keepsItsOutputsAndIsDoneOnce() {
        forAll(GRAPHS, seed -> {
            Graph graph = RandomGraphs.of(seed);
            Graph pruned = Surgery.prune(graph);
            assertThat(pruned.outputs()).isEqualTo(graph.outputs());
            assertThat(graph.nodes()).containsAll(pruned.nodes());
            assertThat(pruned.order()).isEqualTo(pruned.needed(pruned.outputs(), List.of()));
            assertThat(Surgery.prune(pruned)).isEqualTo(pruned);
        });
    }

    private static List<String> names(Graph graph) {
        return graph.nodes().stream().map(Node::name).toList();
    }

    private static GraphNetwork network(Graph graph, NDManager memory) {
        ShapedGraph shaped = ShapedGraph.of(graph, RandomGraphs.EXAMPLES);
        return GraphNetwork.initialize(shaped, memory, new Seed(1), DataType.FLOAT64);
    }

    private static Map<String, NDArray> inputs(NDManager memory) {
        Shape shape = new Shape(2, 4);
        Map<String, NDArray> inputs = new LinkedHashMap<>();
        inputs.put("x", memory.create(new double[] {1, -1, 0.5, 2, 0, 1, -2, 0.1}, shape));
        inputs.put("y", memory.create(new double[] {-1, 3, 0.2, 1, 1, -1, 2, 0.3}, shape));
        return inputs;
    }

    private static NDArray get(Map<String, NDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }

    private static void same(NDArray actual, NDArray expected) {
        assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-12));
    }
}
