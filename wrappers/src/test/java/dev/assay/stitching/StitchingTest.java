package dev.assay.stitching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.Native;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphException;
import dev.assay.graph.GraphNetwork;
import dev.assay.graph.Node;
import dev.assay.graph.ShapedGraph;
import dev.assay.graph.StepScript;
import dev.assay.graph.op.Dropout;
import dev.assay.graph.op.ImmutableReshape;
import dev.assay.graph.op.Ops;
import dev.assay.graph.op.ShapeMismatchException;
import dev.assay.model.Mode;
import dev.assay.optimizer.Gradients;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.optimizer.Optimizer;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.similarity.LinearMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StitchingTest {
    private static final Map<String, Shape> EXAMPLES = Map.of("image", new Shape(3, 8, 8), "label", new Shape());
    private static final StitchingLayer LINEAR = ImmutableLinear.builder().build();
    private static final StitchingLayer POINTWISE = ImmutablePointwise.builder().build();
    private static final StitchingLayer LOW_RANK =
            ImmutableLowRank.builder().rank(2).build();
    private static final StitchingLayer ORTHOGONAL =
            ImmutableOrthogonal.builder().build();

    /** Of 8 × 8, 4 × 4 and one place. */
    private static ShapedGraph classifier(int width) {
        return ShapedGraph.of(
                Graph.of(g -> g.input("image", "label")
                        .add("conv1", Ops.convSame(width, 3))
                        .add("norm1", Ops.batchNorm())
                        .add("drop1", Ops.dropout(0.5))
                        .add("pool", Ops.maxPool(2))
                        .add("conv2", Ops.convSame(width + 1, 3))
                        .add("gelu", Ops.gelu())
                        .add("mean", Ops.averageAll())
                        .add("flat", Ops.flatten())
                        .add("logits", Ops.linear(5))
                        .add("loss", Ops.crossEntropy(), "logits", "label")),
                EXAMPLES);
    }

    private static GraphNetwork network(ShapedGraph graph, NDManager memory, long seed) {
        return GraphNetwork.initialize(graph, memory, new Seed(seed), DataType.FLOAT64);
    }

    private static NDArray images(NDManager memory, int count, int batch) {
        RandomStream random = new Seed(7).stream("images", batch);
        double[] values = new double[count * 3 * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return memory.create(values, new Shape(count, 3, 8, 8));
    }

    /** The first, the second, and the two stitched over their arrays. */
    private record Stitched(Stitching stitching, GraphNetwork first, GraphNetwork second, GraphNetwork joined) {

        static Stitched of(NDManager memory, String from, String to, StitchingLayer layer) {
            return of(memory, from, to, layer, DataType.FLOAT64);
        }

        static Stitched of(NDManager memory, String from, String to, StitchingLayer layer, DataType type) {
            GraphNetwork first = GraphNetwork.initialize(classifier(4), memory, new Seed(1), type);
            GraphNetwork second = GraphNetwork.initialize(classifier(3), memory, new Seed(2), type);
            Stitching stitching = Stitching.of(first.shaped(), from, second.shaped(), to, layer);
            GraphNetwork joined = GraphNetwork.initialize(
                    ShapedGraph.of(stitching.graph(), EXAMPLES),
                    memory,
                    new Seed(3),
                    type,
                    Stitching.arrays(first.tensors(), second.tensors()));
            return new Stitched(stitching, first, second, joined);
        }

        /** Starts the layer by regression over some batches. */
        LinearMap regress(NDManager memory, int batches) {
            Stitching.Regression regression = stitching.regression(0);
            for (int i = 0; i < batches; i++) {
                try (NDManager scratch = memory.newSubManager()) {
                    NDArray images = images(scratch, 16, i)
                            .toType(
                                    joined.parameters()
                                            .values()
                                            .iterator()
                                            .next()
                                            .getDataType(),
                                    false);
                    regression.add(joined, second, Map.of("image", images));
                }
            }
            return regression.start(joined);
        }

        double[] value(GraphNetwork network, String name, NDArray images) {
            return network.forward(Map.of("image", images), Map.of(), List.of(name), Mode.TEST)
                    .get(name)
                    .toDoubleArray();
        }
    }

    @ParameterizedTest
    @Tag("G8")
    @CsvSource({
        "conv1, conv1, 4 → 3 channels at equal places: stitch.map",
        "conv1, conv2, 8 × 8 to 4 × 4: stitch.resize stitch.map",
        "conv2, conv1, 4 × 4 to 8 × 8: stitch.resize stitch.map",
        "flat, flat, vectors: stitch.map"
    })
    void stitch_pointwise_resizesWherePlacesDiffer(String from, String to, String nodes) throws Exception {
        Native.run(memory -> {
            Stitched stitched = Stitched.of(memory, from, to, POINTWISE);

            assertThat(layerOf(stitched.stitching()))
                    .isEqualTo(nodes.substring(nodes.indexOf(':') + 2).split(" "));
            ShapedGraph shaped = stitched.joined().shaped();
            assertThat(shaped.shape("stitch.map"))
                    .isEqualTo(stitched.second().shaped().shape(to));
            assertThat(shaped.graph().outputs()).containsExactly("second.logits");
            assertThat(shaped.graph().loss()).contains("second.loss");
            assertThat(shaped.graph().inputs()).containsExactly("image", "label");
            assertThat(shaped.graph().nodes().get(0).name()).startsWith("first.");
        });
    }

    @Test
    @Tag("G8")
    void stitch_linear_mapsAnyShapeToAnyOther() throws Exception {
        Native.run(memory -> {
            Stitched stitched = Stitched.of(memory, "conv2", "conv1", LINEAR);

            assertThat(layerOf(stitched.stitching())).containsExactly("stitch.flat", "stitch.map", "stitch.shape");
            assertThat(get(stitched.joined().parameters(), "stitch.map.weight").getShape())
                    .isEqualTo(new Shape(3 * 64, 5 * 16));
        });
    }

    @Test
    @Tag("G8")
    void stitch_tokens_areMappedByThemselves() {
        ShapedGraph tokens = ShapedGraph.of(
                Graph.of(g -> g.input("image")
                        .add(
                                "tokens",
                                ImmutableReshape.builder().addShape(12, 16).build())
                        .add("wide", Ops.linear(6))
                        .add("logits", Ops.linear(2))),
                EXAMPLES);

        Graph stitched =
                Stitching.of(tokens, "tokens", tokens, "wide", LOW_RANK).graph();

        ShapedGraph shaped = ShapedGraph.of(stitched, EXAMPLES);
        assertThat(shaped.shape("stitch.down")).isEqualTo(new Shape(-1, 12, 2));
        assertThat(shaped.shape("stitch.up")).isEqualTo(new Shape(-1, 12, 6));
    }

    @Test
    @Tag("G8")
    void stitch_pictureToVectorByPlaces_namesNodesAndShapes() {
        assertThatThrownBy(() -> Stitching.of(classifier(4), "conv1", classifier(3), "flat", POINTWISE))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessage(
                        "Node (conv1) of the first graph cannot be stitched to (flat) of the second: Values of shape"
                                + " (-1, 4, 8, 8) have other places than those of shape (-1, 4), and only pictures are resized."
                                + "\nMaybe a layer of kind linear fits, which maps all values of an example.");
    }

    @Test
    @Tag("G8")
    void stitch_whereAConnectionGoesAround_isRefused() {
        ShapedGraph residual = ShapedGraph.of(
                Graph.of(g ->
                        g.input("image").add("conv", Ops.convSame(3, 3)).add("logits", Ops.add(), "conv", "image")),
                EXAMPLES);

        assertThatThrownBy(() -> Stitching.of(classifier(4), "conv1", residual, "conv", POINTWISE))
                .isInstanceOf(GraphException.class)
                .hasMessage(
                        "What the second graph gives is not computed from (conv) alone: The part from [conv] to"
                                + " [logits] also needs [image].\nMaybe a connection goes around it; the sum where the two meet would do.");
    }

    @Test
    @Tag("G8")
    void stitch_ofGraphsWithDropout_dropsNothingAndLeavesThemAlone() {
        ShapedGraph first = classifier(4);
        Graph before = classifier(4).graph();

        Graph stitched =
                Stitching.of(first, "conv2", classifier(3), "conv1", POINTWISE).graph();

        assertThat(((Dropout) stitched.node("first.drop1").op()).rate()).isZero();
        assertThat(((Dropout) stitched.node("second.drop1").op()).rate()).isZero();
        assertThat(first.graph()).isEqualTo(before);
    }

    /** The second computes the value that is replaced from the first's value by a map, which comes back. */
    @ParameterizedTest
    @Tag("G9")
    @CsvSource({"LINEAR, conv2", "POINTWISE, conv2", "LOW_RANK, conv2", "POINTWISE, flat"})
    void regression_ofPlantedMap_findsItOverBatches(String layer, String from) throws Exception {
        Native.run(memory -> {
            ShapedGraph base = classifier(4);
            GraphNetwork first = network(base, memory, 1);
            ShapedGraph planted = base.edit(g -> planted(g, from, layer.equals("LOW_RANK")));
            GraphNetwork second =
                    GraphNetwork.initialize(planted, memory, new Seed(2), DataType.FLOAT64, first.tensors());
            Stitching stitching = Stitching.of(base, from, planted, "planted", layer(layer));
            GraphNetwork joined = GraphNetwork.initialize(
                    ShapedGraph.of(stitching.graph(), EXAMPLES),
                    memory,
                    new Seed(3),
                    DataType.FLOAT64,
                    Stitching.arrays(first.tensors(), second.tensors()));

            Stitched stitched = new Stitched(stitching, first, second, joined);
            LinearMap map = stitched.regress(memory, 12);

            assertThat(map.rSquared()).isCloseTo(1, within(1e-9));
            NDArray fresh = images(memory, 4, 99);
            assertThat(stitched.value(joined, "second.logits", fresh))
                    .usingComparatorWithPrecision(1e-5)
                    .containsExactly(stitched.value(second, "logits", fresh));
        });
    }

    @Test
    @Tag("G9")
    void regression_ofRotation_isNearestAmongThem() throws Exception {
        Native.run(memory -> {
            Stitched stitched = Stitched.of(memory, "conv2", "conv2", ORTHOGONAL);

            LinearMap map = stitched.regress(memory, 4);

            NDArray images = images(memory, 4, 99);
            double[] x = stitched.value(stitched.joined(), "first.conv2", images);
            double[] y = stitched.value(stitched.joined(), "stitch.map", images);
            int places = 16;
            for (int place = 0; place < places; place++) {
                for (int out = 0; out < 4; out++) {
                    double expected = map.bias().get(0, out);
                    for (int in = 0; in < 5; in++) {
                        expected += map.weight().get(out, in) * x[in * places + place];
                    }
                    assertThat(y[out * places + place]).isCloseTo(expected, within(1e-6));
                }
            }
        });
    }

    @ParameterizedTest
    @Tag("G8")
    @CsvSource({"conv2, conv1", "conv1, conv2", "flat, flat"})
    void orthogonal_afterSteps_isStillOrthogonal(String from, String to) throws Exception {
        Native.run(memory -> {
            Stitched stitched = Stitched.of(memory, from, to, ORTHOGONAL);
            GraphNetwork joined = stitched.joined();
            Map<String, NDArray> inputs = new LinkedHashMap<>();
            inputs.put("image", images(memory, 8, 0));
            inputs.put("label", memory.zeros(new Shape(8), DataType.INT64));
            NDArray turn = get(joined.parameters(), "stitch.map.turn");
            double[] before = turn.toDoubleArray();

            for (int i = 0; i < 3; i++) {
                NDArray loss = joined.forward(inputs, Map.of(), List.of("second.loss"), Mode.TRAIN)
                        .get("second.loss");
                Autograd.backward(loss);
                NDArray gradient = Autograd.gradient(turn, memory).orElseThrow();
                Autograd.notRecording(() -> turn.subi(gradient.mul(5)));
            }

            assertThat(turn.toDoubleArray()).isNotEqualTo(before);
            NDArray weight = weight(joined, turn, memory);
            boolean isWide = weight.getShape().get(1) >= weight.getShape().get(0);
            NDArray products = isWide
                    ? weight.matMul(weight.transpose())
                    : weight.transpose().matMul(weight);
            NDArray unit = memory.eye((int) products.getShape().get(0)).toType(DataType.FLOAT64, false);
            assertThat(products.sub(unit).abs().max().getDouble()).isLessThan(1e-6);
        });
    }

    @Test
    @Tag("T10")
    void orthogonal_startedByRegression_learnsInBfloat16() throws Exception {
        Native.run(memory -> {
            Stitched stitched = Stitched.of(memory, "conv2", "conv1", ORTHOGONAL, DataType.FLOAT32);
            LinearMap unused = stitched.regress(memory, 4);
            GraphNetwork joined = stitched.joined();
            NDArray turn = get(joined.parameters(), "stitch.map.turn");
            Optimizer optimizer = Optimizer.of(ImmutableSgd.builder().lr(0.1).build(), memory);
            StepScript.Parts parts = new StepScript.Parts(
                    names -> optimizer.code("update").text(),
                    Gradients.code(),
                    Optional.empty(),
                    Optional.empty(),
                    true);
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            arrays.put("image", images(memory, 8, 0).toType(DataType.FLOAT32, false));
            arrays.put("label", memory.zeros(new Shape(8), DataType.INT64));

            try (StepScript script = StepScript.compile(joined, Set.of("stitch.map.turn"), parts)) {
                Optimizer.Arguments given = optimizer.arguments(joined.parameters(), script.trained(), 0.1);
                NDArray loss = script.run(memory, Batch.of(8, arrays), given.remembered(), given.factors());
                assertThat(loss.getFloat()).isFinite();
            }

            float moved = turn.abs().max().getFloat();
            assertThat(moved).isFinite().isPositive();
        });
    }

    /** What a rotation multiplies by, found by what it makes of unit vectors. */
    private static NDArray weight(GraphNetwork joined, NDArray turn, NDManager memory) {
        ShapedGraph shaped = joined.shaped();
        Node map = shaped.graph().node("stitch.map");
        int in = Places.units(shaped.inputShapes(map).get(0));
        Shape input = shaped.inputShapes(map).get(0).dimension() == 4 ? new Shape(in, in, 1, 1) : new Shape(in, in);
        ShapedGraph alone = ShapedGraph.of(
                Graph.of(
                        List.of("x"),
                        List.of(new Node("map", map.op(), List.of("x"))),
                        List.of("map"),
                        Optional.empty()),
                Map.of("x", input.slice(1)));
        GraphNetwork network = GraphNetwork.over(
                alone,
                memory,
                Map.of(
                        "map.base", get(joined.buffers(), "stitch.map.base"),
                        "map.turn", turn,
                        "map.bias", get(joined.parameters(), "stitch.map.bias").zerosLike()));
        NDArray units = memory.eye(in).toType(DataType.FLOAT64, false).reshape(input);
        NDArray columns = network.forward(Map.of("x", units), Mode.TEST).get("map");
        return columns.reshape(in, -1).transpose().duplicate();
    }

    private static Graph planted(Graph graph, String from, boolean isNarrow) {
        boolean isPicture = from.equals("conv2");
        Graph narrow = isNarrow ? dev.assay.graph.Surgery.insert(graph, from, "narrow", Ops.convSame(2, 1)) : graph;
        return dev.assay.graph.Surgery.insert(
                narrow, isNarrow ? "narrow" : from, "planted", isPicture ? Ops.convSame(5, 1) : Ops.linear(5));
    }

    private static StitchingLayer layer(String name) {
        return switch (name) {
            case "LINEAR" -> LINEAR;
            case "POINTWISE" -> POINTWISE;
            default -> LOW_RANK;
        };
    }

    private static String[] layerOf(Stitching stitching) {
        return stitching.graph().nodes().stream()
                .map(Node::name)
                .filter(name -> name.startsWith("stitch."))
                .toArray(String[]::new);
    }

    private static NDArray get(Map<String, NDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }
}
