package dev.assay.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.Autograd;
import dev.assay.engine.Native;
import dev.assay.graph.op.ImmutableBatchNorm;
import dev.assay.graph.op.ImmutableConv;
import dev.assay.graph.op.Ops;
import dev.assay.graph.op.ShapeMismatchException;
import dev.assay.model.Mode;
import dev.assay.random.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SurgeryTest {
    private static final Map<String, Shape> IMAGE = Map.of("image", new Shape(3, 6, 6), "label", new Shape());

    private static Graph classifier() {
        return Graph.of(g -> g.input("image", "label")
                .add("conv", Ops.convSame(4, 3))
                .add("norm", Ops.batchNorm())
                .add("relu", Ops.relu())
                .add("flat", Ops.flatten())
                .add("scores", Ops.linear(5))
                .add("loss", Ops.crossEntropy(), "scores", "label"));
    }

    private static GraphNetwork network(Graph graph, NDManager memory) {
        return GraphNetwork.initialize(ShapedGraph.of(graph, IMAGE), memory, new Seed(1), DataType.FLOAT64);
    }

    private static NDArray get(Map<String, NDArray> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private static NDArray image(NDManager memory) {
        double[] values = IntStream.range(0, 2 * 3 * 36).mapToDouble(Math::sin).toArray();
        return memory.create(values, new Shape(2, 3, 6, 6));
    }

    @Test
    @Tag("G6")
    void part_ofNetwork_givesTheSameValuesFromSharedArrays() throws Exception {
        Native.run(memory -> {
            GraphNetwork whole = network(classifier(), memory);
            NDArray image = image(memory);
            Values values =
                    whole.forward(Map.of("image", image), Map.of(), List.of("norm", "flat", "scores"), Mode.TEST);

            ShapedGraph head = whole.shaped().edit(g -> Surgery.part(g, List.of("norm"), List.of("flat", "scores")));
            GraphNetwork part = GraphNetwork.over(head, memory, whole.tensors());
            Values again = part.forward(Map.of("norm", values.get("norm")), Mode.TEST);

            assertThat(again.names()).containsExactly("flat", "scores");
            assertThat(again.get("scores").toDoubleArray())
                    .containsExactly(values.get("scores").toDoubleArray());
            assertThat(part.parameters().keySet()).containsExactly("scores.weight", "scores.bias");
            assertThat(get(part.parameters(), "scores.weight")).isSameAs(get(whole.parameters(), "scores.weight"));
        });
    }

    @Test
    @Tag("G6")
    void part_thatNeedsMore_saysWhat() {
        assertThatThrownBy(() -> Surgery.part(classifier(), List.of("flat"), List.of("loss")))
                .isInstanceOf(GraphException.class)
                .hasMessage("The part from [flat] to [loss] also needs [label].");
    }

    @Test
    @Tag("G7")
    void merge_ofTwoNetworks_givesTheValuesOfBoth() throws Exception {
        Native.run(memory -> {
            GraphNetwork one = network(classifier(), memory);
            GraphNetwork two = network(Surgery.replace(classifier(), "conv", Ops.convSame(7, 3)), memory);
            Map<String, Graph> parts = new LinkedHashMap<>();
            parts.put("a", one.shaped().graph());
            parts.put("b", two.shaped().graph());

            Graph merged = Surgery.merge(parts);
            Map<String, NDArray> arrays = new LinkedHashMap<>(Surgery.prefixed("a", one.tensors()));
            arrays.putAll(Surgery.prefixed("b", two.tensors()));
            GraphNetwork both = GraphNetwork.over(ShapedGraph.of(merged, IMAGE), memory, arrays);

            assertThat(merged.inputs()).containsExactly("image", "label");
            assertThat(merged.outputs()).containsExactly("a.scores", "b.scores");
            assertThat(merged.loss()).isEmpty();
            Map<String, NDArray> image = Map.of("image", image(memory));
            Values values = both.forward(image, Mode.TEST);
            assertThat(values.get("a.scores").toDoubleArray())
                    .containsExactly(one.forward(image, Mode.TEST).get("scores").toDoubleArray());
            assertThat(values.get("b.scores").toDoubleArray())
                    .containsExactly(two.forward(image, Mode.TEST).get("scores").toDoubleArray());
        });
    }

    @Test
    @Tag("G7")
    void merge_withOnePrefix_isRefused() {
        Map<String, Graph> parts = new LinkedHashMap<>();
        parts.put("", Graph.of(g -> g.input("x").add("a.b", Ops.relu())));
        parts.put("a", Graph.of(g -> g.input("x").add("b", Ops.relu())));

        assertThatThrownBy(() -> Surgery.merge(parts))
                .isInstanceOf(GraphException.class)
                .hasMessage("Two nodes of the graph are called (a.b).");
    }

    @Test
    @Tag("G7")
    void insert_behindNode_standsBetweenItAndItsReaders() {
        Graph before = classifier();
        Graph copy = classifier();

        Graph after = Surgery.insert(before, "scores", "half", Ops.scale(0.5));

        assertThat(after.node("half").inputs()).containsExactly("scores");
        assertThat(after.node("loss").inputs()).containsExactly("half", "label");
        assertThat(after.outputs()).containsExactly("half");
        assertThat(before).as("the original").isEqualTo(copy);
    }

    @Test
    @Tag("G7")
    void replace_ofNode_changesItsOpOnly() {
        Graph after = Surgery.replace(classifier(), "relu", Ops.gelu());

        assertThat(after.node("relu")).isEqualTo(new Node("relu", Ops.gelu(), List.of("norm")));
        assertThat(Surgery.replace(after, "relu", Ops.relu())).isEqualTo(classifier());
    }

    @Test
    @Tag("G7")
    void rewire_ofNode_readsTheOthers_andRedirectMovesAllReaders() {
        Graph rewired = Surgery.rewire(classifier(), "relu", List.of("conv"));
        Graph redirected = Surgery.redirect(classifier(), "norm", "conv");

        assertThat(rewired.node("relu").inputs()).containsExactly("conv");
        assertThat(Surgery.rewire(rewired, "relu", List.of("norm"))).isEqualTo(classifier());
        assertThat(redirected).isEqualTo(rewired);
        assertThat(Surgery.prune(redirected).hasNode("norm")).isFalse();
    }

    @Test
    @Tag("G7")
    void surgery_ofAnyKind_leavesTheOriginalAndItsArraysAlone() throws Exception {
        Native.run(memory -> {
            GraphNetwork network = network(classifier(), memory);
            ShapedGraph shaped = network.shaped();
            Map<String, double[]> before = new LinkedHashMap<>();
            network.tensors().forEach((name, array) -> before.put(name, array.toDoubleArray()));

            List<ShapedGraph> made = List.of(
                    shaped.edit(g -> Surgery.part(g, List.of("image"), List.of("relu"))),
                    shaped.edit(g -> Surgery.merge(Map.of("a", g, "b", g))),
                    shaped.edit(g -> Surgery.rewire(g, "relu", List.of("conv"))),
                    shaped.edit(g -> Surgery.redirect(g, "norm", "conv")),
                    shaped.edit(g -> Surgery.insert(g, "relu", "half", Ops.scale(0.5))),
                    shaped.edit(g -> Surgery.append(g, new Node("more", Ops.relu(), List.of("conv")))),
                    shaped.edit(g -> Surgery.replace(g, "relu", Ops.gelu())),
                    shaped.edit(g -> Surgery.withOutputs(g, List.of("flat"))),
                    BatchNormFolding.fold(network, memory).shaped());

            assertThat(made).extracting(ShapedGraph::graph).doesNotContain(classifier());
            assertThat(shaped.graph()).isEqualTo(classifier());
            network.tensors()
                    .forEach((name, array) ->
                            assertThat(array.toDoubleArray()).as(name).containsExactly(before.get(name)));
        });
    }

    @Test
    @Tag("G7")
    void rewire_toWhatDependsOnTheNode_isACircle() {
        assertThatThrownBy(() -> Surgery.rewire(classifier(), "relu", List.of("flat")))
                .isInstanceOf(GraphException.class)
                .hasMessage("The nodes (relu ← flat ← relu) are computed from one another in a circle.");
    }

    @Test
    @Tag("G7")
    void edit_withOpThatDoesNotFit_namesNodeAndShapes() {
        ShapedGraph shaped = ShapedGraph.of(classifier(), IMAGE);

        assertThatThrownBy(() -> shaped.edit(g -> Surgery.replace(g, "flat", Ops.conv(4, 9))))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessage(
                        "Node (flat), conv, cannot take (relu) of shape (-1, 4, 6, 6).\n"
                                + "Its kernel reaches over 9 places, but (-1, 4, 6, 6) with a padding of 0 has 6 in dimension 2.");
    }

    @Test
    @Tag("G7")
    void prune_withFewerOutputs_leavesOutWhatNoneNeeds() {
        Graph bare = Graph.of(g -> g.input("x", "y")
                .add("a", Ops.relu())
                .add("dead", Ops.add(), "a", "y")
                .add("b", Ops.relu(), "a")
                .output("b"));

        Graph pruned = Surgery.prune(bare);

        assertThat(pruned.nodes()).extracting(Node::name).containsExactly("a", "b");
        assertThat(pruned.inputs()).containsExactly("x");
    }

    @Test
    @Tag("G13")
    void fold_ofTrainedStatistics_givesTheSameInTestMode() throws Exception {
        Graph graph = Graph.of(g -> g.input("image")
                .add("conv1", Ops.convSame(4, 3))
                .add("norm1", Ops.batchNorm())
                .add("relu", Ops.relu())
                .add(
                        "conv2",
                        ImmutableConv.builder().filters(6).kernel(3).groups(2).build())
                .add(
                        "norm2",
                        ImmutableBatchNorm.builder().affine(false).eps(0.1).build())
                .add("conv3", Ops.conv(6, 1))
                .add("norm3", Ops.batchNorm())
                .add("sum", Ops.add(), "norm3", "conv3")
                .output("norm2", "sum"));
        Native.run(memory -> {
            GraphNetwork network = network(graph, memory);
            for (String name : List.of("norm1.weight", "norm1.bias", "norm3.weight")) {
                NDArray array = get(network.parameters(), name);
                Autograd.notRecording(() -> array.addi(array.add(1).mul(0.5)));
            }
            Map<String, NDArray> image = Map.of("image", image(memory));
            network.forward(image, Mode.REFRESH);
            double[] weight = get(network.parameters(), "conv1.weight").toDoubleArray();

            GraphNetwork folded = BatchNormFolding.fold(network, memory);

            assertThat(folded.shaped().graph().nodes())
                    .extracting(Node::name)
                    .containsExactly("conv1", "relu", "conv2", "conv3", "norm3", "sum");
            Values expected = network.forward(image, Mode.TEST);
            Values actual = folded.forward(image, Mode.TEST);
            assertThat(actual.names()).containsExactly("conv2", "sum");
            same(actual.get("sum"), expected.get("sum"));
            same(actual.get("conv2"), expected.get("norm2"));
            assertThat(get(network.parameters(), "conv1.weight").toDoubleArray())
                    .as("the original")
                    .containsExactly(weight);
        });
    }

    private static void same(NDArray actual, NDArray expected) {
        assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-12));
    }
}
