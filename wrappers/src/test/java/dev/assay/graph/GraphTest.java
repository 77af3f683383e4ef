package dev.assay.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.graph.op.ImmutableConv;
import dev.assay.graph.op.Ops;
import dev.assay.graph.op.ShapeMismatchException;
import dev.assay.graph.op.Weight;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GraphTest {
    private static final String RESIDUAL = """
            inputs: [image, label]
            nodes:
              - {name: stem, kind: conv, filters: 4, kernel: 3, padding: 1, bias: false}
              - name: block
                kind: group
                nodes:
                  - {kind: conv, filters: 4, kernel: 3, padding: 1}
                  - {kind: relu}
                  - {kind: conv, filters: 4, kernel: 3, padding: 1}
                  - {name: sum, kind: add, from: [conv2, in]}
              - {kind: flatten}
              - {name: scores, kind: linear, units: 10}
              - {kind: cross-entropy, from: [scores, label]}
            """;

    private static Graph read(String yaml) {
        return ConfigReader.of(GraphConfig.class).parse(yaml, "graph.yaml").graph();
    }

    @Test
    @Tag("G1")
    void graph_ofConfig_isThatOfJava() {
        Graph java = Graph.of(g -> g.input("image", "label")
                .add("stem", Ops.convSame(4, 3))
                .group(
                        "block",
                        b -> b.add("conv1", convolution())
                                .add("relu1", Ops.relu())
                                .add("conv2", convolution())
                                .add("sum", Ops.add(), "conv2", "in"))
                .add(Ops.flatten())
                .add("scores", Ops.linear(10))
                .add("cross-entropy1", Ops.crossEntropy(), "scores", "label"));

        assertThat(read(RESIDUAL)).isEqualTo(java).hasSameHashCodeAs(java);
        assertThat(java.nodes())
                .extracting(Node::name)
                .containsExactly(
                        "stem",
                        "block.conv1",
                        "block.relu1",
                        "block.conv2",
                        "block.sum",
                        "flatten1",
                        "scores",
                        "cross-entropy1");
        assertThat(java.node("block.sum").inputs()).containsExactly("block.conv2", "stem");
        assertThat(java.outputs()).containsExactly("scores");
        assertThat(java.loss()).contains("cross-entropy1");
    }

    private static ImmutableConv convolution() {
        return ImmutableConv.builder().filters(4).kernel(3).padding(1).build();
    }

    @Test
    @Tag("G1")
    void toConfig_ofNestedGraph_isTheSameGraph() {
        Graph graph = read(RESIDUAL);

        String yaml = ConfigWriter.toYaml(graph.toConfig());

        assertThat(read(yaml)).isEqualTo(graph);
    }

    @Test
    @Tag("G1")
    void shapes_ofExample_areInferred() {
        ShapedGraph shaped = ShapedGraph.of(read(RESIDUAL), Map.of("image", new Shape(3, 8, 8), "label", new Shape()));

        assertThat(shaped.shape("block.sum")).isEqualTo(new Shape(-1, 4, 8, 8));
        assertThat(shaped.shape("scores")).isEqualTo(new Shape(-1, 10));
        assertThat(shaped.shape("cross-entropy1")).isEqualTo(new Shape());
        assertThat(shaped.weights().keySet())
                .containsExactly(
                        "stem.weight",
                        "block.conv1.weight",
                        "block.conv1.bias",
                        "block.conv2.weight",
                        "block.conv2.bias",
                        "scores.weight",
                        "scores.bias");
        Weight weight =
                Objects.requireNonNull(shaped.weights().get("scores.weight")).weight();
        assertThat(weight.shape()).isEqualTo(new Shape(10, 256));
    }

    @Test
    @Tag("G1")
    void shapes_withoutLabel_stopBeforeTheLoss() {
        ShapedGraph shaped = ShapedGraph.of(read(RESIDUAL), Map.of("image", new Shape(3, 8, 8)));

        assertThat(shaped.shapes()).containsKey("scores").doesNotContainKey("cross-entropy1");
    }

    @Test
    @Tag("G1")
    void shapes_mismatched_nameNodesAndShapes() {
        Graph graph = Graph.of(g -> g.input("image")
                .add("a", Ops.conv(4, 3))
                .add("b", Ops.conv(4, 1), "image")
                .add("sum", Ops.add(), "a", "b"));

        assertThatThrownBy(() -> ShapedGraph.of(graph, Map.of("image", new Shape(3, 8, 8))))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessage("Node (sum), add, cannot take (a) of shape (-1, 4, 6, 6) and (b) of shape (-1, 4, 8, 8).\n"
                        + "The shapes (-1, 4, 6, 6) and (-1, 4, 8, 8) must be equal, but for dimensions of size 1 and those that"
                        + " one lacks at the front.");
    }

    @Test
    @Tag("G2")
    void reference_toNameOnSeveralLevels_meansTheNearest() {
        Graph graph = Graph.of(g -> g.input("x")
                .add("a", Ops.relu())
                .group(
                        "outer",
                        o -> o.add("a", Ops.relu())
                                .group("inner", i -> i.add("b", Ops.relu(), "a").add("c", Ops.relu(), ".a"))
                                .add("d", Ops.relu(), "b"))
                .add("e", Ops.relu(), "outer")
                .add("f", Ops.relu(), "x"));

        assertThat(graph.node("outer.a").inputs()).containsExactly("a");
        assertThat(graph.node("outer.inner.b").inputs()).containsExactly("outer.a");
        assertThat(graph.node("outer.inner.c").inputs()).containsExactly("a");
        assertThat(graph.node("outer.d").inputs()).containsExactly("outer.inner.b");
        assertThat(graph.node("e").inputs()).containsExactly("outer.d");
        assertThat(graph.node("f").inputs()).containsExactly("x");
    }

    @Test
    @Tag("G2")
    void reference_thatMayBeTwoNodes_isRefused() {
        assertThatThrownBy(() -> Graph.of(g -> g.input("x")
                        .group("one", o -> o.add("a", Ops.relu()))
                        .group("two", o -> o.add("a", Ops.relu()))
                        .add("b", Ops.relu(), "a")))
                .isInstanceOf(GraphException.class)
                .hasMessage(
                        "Node (b) is computed from (a), which may be any of [one.a, two.a].\nMaybe (.one.a) was meant.");
    }

    @Test
    @Tag("G5")
    void order_withForwardReferences_putsInputsFirst() {
        Graph graph = Graph.of(g -> g.input("x")
                .add("late", Ops.relu(), "early")
                .add("other", Ops.relu(), "x")
                .add("early", Ops.relu(), "x"));

        assertThat(graph.order()).extracting(Node::name).containsExactly("early", "late", "other");
    }

    @Test
    @Tag("G5")
    void graph_withCircle_namesItsPath() {
        assertThatThrownBy(() -> Graph.of(g -> g.input("x")
                        .add("start", Ops.relu())
                        .group(
                                "g",
                                o -> o.add("a", Ops.add(), "in", "b")
                                        .add("b", Ops.relu(), "c")
                                        .add("c", Ops.relu(), "a"))))
                .isInstanceOf(GraphException.class)
                .hasMessage("The nodes (g.a ← g.b ← g.c ← g.a) are computed from one another in a circle.");
    }

    @Test
    @Tag("G5")
    void graph_withNameTwice_namesItsPath() {
        assertThatThrownBy(() -> Graph.of(g ->
                        g.input("x").group("g", o -> o.add("a", Ops.relu()).add("a", Ops.relu()))))
                .isInstanceOf(GraphException.class)
                .hasMessage("Two nodes of the graph are called (g.a).");
    }

    @Test
    @Tag("G5")
    void graph_withNodeCalledAsInput_isRefused() {
        assertThatThrownBy(() -> Graph.of(g -> g.input("x").add("x", Ops.relu())))
                .isInstanceOf(GraphException.class)
                .hasMessage("A node and an input of the graph are both called (x).");
    }

    @Test
    @Tag("G5")
    void graph_withUnknownReference_namesPathAndWhatThereIs() {
        assertThatThrownBy(() -> Graph.of(g -> g.input("x").group("g", o -> o.add("a", Ops.relu(), "nothing"))))
                .isInstanceOf(GraphException.class)
                .hasMessage(
                        "Node (g.a) is computed from (nothing), which is neither a node nor an input of the graph; there are"
                                + " [x, g, g.a].");
    }

    @Test
    @Tag("G1")
    void graph_withTwoLosses_mustNameOne() {
        assertThatThrownBy(() -> Graph.of(g -> g.input("x", "y")
                        .add("l1", Ops.meanSquaredError(), "x", "y")
                        .add("l2", Ops.meanSquaredError(), "y", "x")))
                .isInstanceOf(GraphException.class)
                .hasMessage(
                        "The graph has several losses, [l1, l2], and must name the node that is to be made small, such as"
                                + " their sum.");
    }

    @Test
    @Tag("G1")
    void names_ofNodesInConfig_areChecked() {
        assertThatThrownBy(() -> read("inputs: [x]\nnodes: [{name: a b, kind: relu}]\n"))
                .hasMessageContaining("nodes[0].name");
    }

    @Test
    @Tag("G3")
    void needed_belowInjected_isOnlyWhatLiesBetween() {
        Graph graph = read(RESIDUAL);

        List<Node> needed = graph.needed(List.of("block.sum"), List.of("block.relu1"));

        assertThat(needed).extracting(Node::name).containsExactly("stem", "block.conv2", "block.sum");
    }
}
