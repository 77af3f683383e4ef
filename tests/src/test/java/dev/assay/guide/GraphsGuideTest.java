package dev.assay.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.config.ConfigReader;
import dev.assay.data.Batch;
import dev.assay.engine.NativeEngine;
import dev.assay.graph.BatchNormFolding;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphConfig;
import dev.assay.graph.GraphNetwork;
import dev.assay.graph.ShapedGraph;
import dev.assay.graph.Surgery;
import dev.assay.graph.Values;
import dev.assay.graph.op.Call;
import dev.assay.graph.op.Ops;
import dev.assay.graph.op.ScriptOp;
import dev.assay.graph.picture.DotText;
import dev.assay.graph.picture.GraphTable;
import dev.assay.graph.picture.SvgPicture;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import dev.assay.random.Seed;
import dev.assay.similarity.LinearMap;
import dev.assay.stitching.ImmutablePointwise;
import dev.assay.stitching.Stitching;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs {@code docs/graphs.md}. */
class GraphsGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "graphs.md");

    private static Graph graph() {
        Graph graph = Graph.of(g -> g.input("image", "label")
                .add("stem", Ops.convSame(16, 3))
                .group(
                        "block",
                        b -> b.add("conv", Ops.convSame(16, 3))
                                .add("norm", Ops.batchNorm())
                                .add("sum", Ops.add(), "norm", "in")
                                .add("relu", Ops.relu()))
                .add("flat", Ops.flatten())
                .add("scores", Ops.linear(10))
                .add("loss", Ops.crossEntropy(), "scores", "label"));
        return graph;
    }

    private static ShapedGraph shaped(Graph graph) {
        ShapedGraph shaped = ShapedGraph.of(graph, Map.of("image", new Shape(3, 8, 8), "label", new Shape()));
        Shape shape = shaped.shape("block.sum");
        assertThat(shape).isEqualTo(new Shape(-1, 16, 8, 8));
        return shaped;
    }

    /** The square of each value. */
    record Square() implements ScriptOp {
        @Override
        public String kind() {
            return "square";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public String code(Call call) {
            return "torch.mul(" + call.input(0) + ", " + call.input(0) + ")";
        }
    }

    @Test
    void javaOfTheGuide_isThatOfThisPackage() throws Exception {
        assertThat(Guide.read(GUIDE).javaNotIn(Path.of("src/test/java/dev/assay/guide")))
                .isEmpty();
    }

    @Test
    @Tag("G1")
    void configOfTheGuide_isTheGraphInJava() throws Exception {
        String yaml = Guide.read(GUIDE).file("residual.yaml");

        assertThat(ConfigReader.of(GraphConfig.class)
                        .parse(yaml, "residual.yaml")
                        .graph())
                .isEqualTo(graph());
    }

    @Test
    @Tag("G1")
    void mistakeOfTheGuide_isToldSo() throws Exception {
        Graph unequal = Graph.of(g -> g.input("image")
                .add("wide", Ops.conv(8, 3))
                .add("narrow", Ops.conv(4, 3), "image")
                .add("sum", Ops.add(), "wide", "narrow"));
        String guide = Files.readString(GUIDE);

        assertThatThrownBy(() -> ShapedGraph.of(unequal, Map.of("image", new Shape(3, 8, 8))))
                .satisfies(e -> assertThat(guide).contains("```text\n" + e.getMessage() + "\n```"));
    }

    @Test
    @Tag("G3")
    @Tag("G4")
    void lookingInOfTheGuide_givesValues() throws Exception {
        run(memory -> {
            ShapedGraph shaped = shaped(graph());
            NDArray image = memory.ones(new Shape(2, 3, 8, 8));

            GraphNetwork network = GraphNetwork.initialize(shaped, memory, new Seed(1), DataType.FLOAT32);
            Values hidden =
                    network.forward(Map.of("image", image), Map.of(), List.of("block.norm", "scores"), Mode.TEST);
            Values changed = network.forward(
                    Map.of(), Map.of("block.relu", hidden.get("block.norm").abs()), List.of("scores"), Mode.TEST);

            assertThat(changed.get("scores").getShape()).isEqualTo(new Shape(2, 10));
            assertThat(changed.get("scores").toFloatArray())
                    .isNotEqualTo(hidden.get("scores").toFloatArray());
        });
    }

    @Test
    @Tag("G6")
    @Tag("G7")
    @Tag("G13")
    void surgeryOfTheGuide_sharesArrays() throws Exception {
        run(memory -> {
            ShapedGraph shaped = shaped(graph());
            GraphNetwork network = GraphNetwork.initialize(shaped, memory, new Seed(1), DataType.FLOAT32);

            ShapedGraph head = shaped.edit(g -> Surgery.part(g, List.of("block.relu"), List.of("scores")));
            GraphNetwork part = GraphNetwork.over(head, memory, network.tensors());

            ShapedGraph softer = shaped.edit(g -> Surgery.insert(g, "scores", "half", Ops.scale(0.5)));
            ShapedGraph smooth = shaped.edit(g -> Surgery.replace(g, "block.relu", Ops.gelu()));
            GraphNetwork wider = GraphNetwork.initialize(
                    softer.edit(g -> Surgery.insert(g, "block.relu", "extra", Ops.convSame(16, 1))),
                    memory,
                    new Seed(2),
                    DataType.FLOAT32,
                    network.tensors());
            GraphNetwork folded = BatchNormFolding.fold(network, memory);

            assertThat(part.parameters().keySet()).containsExactly("scores.weight", "scores.bias");
            assertThat(smooth.graph().node("block.relu").op().kind()).isEqualTo("gelu");
            assertThat(wider.parameters().get("stem.weight"))
                    .isSameAs(network.parameters().get("stem.weight"));
            assertThat(wider.parameters()).containsKey("extra.weight");
            assertThat(folded.shaped().graph().hasNode("block.norm")).isFalse();
        });
    }

    @Test
    @Tag("G8")
    @Tag("G9")
    void stitchingOfTheGuide_startsFromTheBestMap() throws Exception {
        run(memory -> {
            ShapedGraph shaped = shaped(graph());
            GraphNetwork network = GraphNetwork.initialize(shaped, memory, new Seed(1), DataType.FLOAT32);
            GraphNetwork other = GraphNetwork.initialize(shaped, memory, new Seed(2), DataType.FLOAT32);
            NDArray image = memory.arange(4 * 3 * 64f).sin().reshape(4, 3, 8, 8);

            Stitching stitching = Stitching.of(
                    shaped,
                    "block.relu",
                    shaped,
                    "stem",
                    ImmutablePointwise.builder().build());
            GraphNetwork stitched = GraphNetwork.initialize(
                    shaped.edit(g -> stitching.graph()),
                    memory,
                    new Seed(3),
                    DataType.FLOAT32,
                    Stitching.arrays(network.tensors(), other.tensors()));
            Stitching.Regression regression = stitching.regression(0);
            regression.add(stitched, other, Map.of("image", image));
            LinearMap map = regression.start(stitched);

            assertThat(map.rSquared()).isBetween(0.1, 1.0);
            assertThat(stitched.parameters().keySet())
                    .contains("first.stem.weight", "stitch.map.weight", "second.scores.weight");
            assertThat(stitched.parameters().get("second.scores.weight"))
                    .isSameAs(other.parameters().get("scores.weight"));
        });
    }

    @Test
    @Tag("G1")
    void opOfTheGuide_squares() throws Exception {
        run(memory -> {
            ShapedGraph square =
                    ShapedGraph.of(Graph.of(g -> g.input("x").add(new Square())), Map.of("x", new Shape(2)));
            NDArray x = memory.create(new float[] {3, 4}, new Shape(1, 2));

            GraphNetwork network = GraphNetwork.initialize(square, memory, new Seed(1), DataType.FLOAT32);

            assertThat(network.forward(Map.of("x", x), Mode.TEST).get("square1").toFloatArray())
                    .containsExactly(9, 16);
        });
    }

    @Test
    @Tag("T10")
    void modelOfTheGuide_givesItsOutputsAndLoss() throws Exception {
        run(memory -> {
            Graph graph = graph();
            Model model = graph.toModel();
            model.initialize(memory, Map.of("image", new Shape(3, 8, 8), "label", new Shape()), new Seed(1));
            Map<String, NDArray> arrays = new HashMap<>();
            arrays.put("image", memory.ones(new Shape(2, 3, 8, 8)));
            arrays.put("label", memory.zeros(new Shape(2), DataType.INT64));

            Outputs outputs = model.forward(Batch.of(2, arrays), Mode.TEST);

            assertThat(outputs.names()).containsExactly("scores");
            assertThat(outputs.loss().getFloat()).isPositive();
        });
    }

    @Test
    @Tag("G12")
    void picturesOfTheGuide_areOfTheGraph() throws Exception {
        ShapedGraph shaped = shaped(graph());

        String table = GraphTable.of(shaped);
        String dot = DotText.of(shaped);
        String svg = SvgPicture.of(shaped);

        assertThat(Files.readString(GUIDE)).contains("```text\n" + table + "```");
        assertThat(dot).startsWith("digraph");
        assertThat(svg).startsWith("<svg");
    }

    private static void run(Consumer<NDManager> body) throws Exception {
        NativeEngine.call(1, () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                body.accept(memory);
            }
            return true;
        });
    }
}
