package dev.assay.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.Layout;
import dev.assay.engine.LiveArrays;
import dev.assay.engine.Native;
import dev.assay.engine.Scope;
import dev.assay.error.AssayException;
import dev.assay.graph.op.BlockOp;
import dev.assay.graph.op.Call;
import dev.assay.graph.op.ImmutableAttention;
import dev.assay.graph.op.Ops;
import dev.assay.graph.op.ScriptOp;
import dev.assay.model.BatchNorm;
import dev.assay.model.Frozen;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import dev.assay.random.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GraphNetworkTest {
    /** Twice its input, in TorchScript. */
    private record Twice() implements ScriptOp {
        @Override
        public String kind() {
            return "twice";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public String code(Call call) {
            return "torch.mul(" + call.input(0) + ", 2)";
        }
    }

    /** An op whose code is none. */
    private record Nonsense() implements ScriptOp {
        @Override
        public String kind() {
            return "nonsense";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public String code(Call call) {
            return "torch.nonsense(" + call.input(0) + ")";
        }
    }

    private static GraphNetwork network(Graph graph, NDManager memory, long... example) {
        ShapedGraph shaped = ShapedGraph.of(graph, Map.of("x", new Shape(example), "label", new Shape()));
        return GraphNetwork.initialize(shaped, memory, new Seed(1), DataType.FLOAT32);
    }

    private static NDArray get(Map<String, NDArray> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private static Graph diamond(List<String> calls) {
        return Graph.of(g -> g.input("x")
                .add("a", new Counted("a", calls))
                .add("b", new Counted("b", calls), "a")
                .add("c", new Counted("c", calls), "a")
                .add("d", Ops.add(), "b", "c")
                .add("e", new Counted("e", calls), "d"));
    }

    @Test
    @Tag("G3")
    void forward_ofSomeNodes_computesTheirAncestorsOnceEach() throws Exception {
        List<String> calls = new ArrayList<>();
        Native.run(memory -> {
            GraphNetwork network = network(diamond(calls), memory, 2);
            NDArray x = memory.create(new float[] {1, 2}, new Shape(1, 2));

            Values values = network.forward(Map.of("x", x), Map.of(), List.of("c", "a"), Mode.TEST);

            assertThat(values.names()).containsExactly("c", "a");
            assertThat(values.get("c").toFloatArray()).containsExactly(3, 4);
            assertThat(values.get("a").toFloatArray()).containsExactly(2, 3);
        });
        assertThat(calls).containsExactly("a", "c");
    }

    @Test
    @Tag("G4")
    void forward_withInjectedNode_computesNeitherItNorWhatLiesAbove() throws Exception {
        List<String> calls = new ArrayList<>();
        Native.run(memory -> {
            GraphNetwork network = network(diamond(calls), memory, 2);
            NDArray d = memory.create(new float[] {10, 20}, new Shape(1, 2));

            Values values = network.forward(Map.of(), Map.of("d", d), List.of("e", "d"), Mode.TEST);

            assertThat(values.get("e").toFloatArray()).containsExactly(11, 21);
            assertThat(values.get("d")).isSameAs(d);
        });
        assertThat(calls).containsExactly("e");
    }

    @Test
    @Tag("G4")
    void forward_withOneBranchInjected_stillComputesTheOther() throws Exception {
        List<String> calls = new ArrayList<>();
        Native.run(memory -> {
            GraphNetwork network = network(diamond(calls), memory, 2);
            NDArray x = memory.create(new float[] {1, 2}, new Shape(1, 2));
            NDArray b = memory.create(new float[] {100, 100}, new Shape(1, 2));

            Values values = network.forward(Map.of("x", x), Map.of("b", b), List.of("d"), Mode.TEST);

            assertThat(values.get("d").toFloatArray()).containsExactly(103, 104);
        });
        assertThat(calls).containsExactly("a", "c");
    }

    @Test
    @Tag("G3")
    void forward_withoutLabel_givesOutputsOnly() throws Exception {
        Graph graph = Graph.of(g ->
                g.input("x", "label").add("scores", Ops.linear(3)).add("loss", Ops.crossEntropy(), "scores", "label"));
        Native.run(memory -> {
            GraphNetwork network = network(graph, memory, 2);
            NDArray x = memory.create(new float[] {1, 2}, new Shape(1, 2));
            NDArray label = memory.create(new long[] {1});

            assertThat(network.forward(Map.of("x", x), Mode.TEST).names()).containsExactly("scores");
            assertThat(network.forward(Map.of("x", x, "label", label), Mode.TEST)
                            .names())
                    .containsExactly("scores", "loss");
        });
    }

    @Test
    @Tag("G3")
    void forward_withoutNeededInput_isRefused() throws Exception {
        Native.run(memory -> {
            GraphNetwork network = network(diamond(new ArrayList<>()), memory, 2);
            Map<String, NDArray> none = Map.of();

            assertThatThrownBy(() -> network.forward(none, none, List.of("e"), Mode.TEST))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("Input (x) is needed for [e]; given are [].");
        });
    }

    @Test
    @Tag("G4")
    void forward_withInjectedArrayOfAnotherShape_isRefused() throws Exception {
        Native.run(memory -> {
            GraphNetwork network = network(diamond(new ArrayList<>()), memory, 2);
            Map<String, NDArray> inject = Map.of("d", memory.zeros(new Shape(1, 3)));

            assertThatThrownBy(() -> network.forward(Map.of(), inject, List.of("e"), Mode.TEST))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("The array for (d) has shape (1, 3); the network was made for (-1, 2).");
        });
    }

    @Test
    @Tag("G3")
    void forward_ofUnknownNode_isRefused() throws Exception {
        Native.run(memory -> {
            GraphNetwork network = network(diamond(new ArrayList<>()), memory, 2);
            Map<String, NDArray> x = Map.of("x", memory.zeros(new Shape(1, 2)));

            assertThatThrownBy(() -> network.forward(x, Map.of(), List.of("f"), Mode.TEST))
                    .isInstanceOf(GraphException.class)
                    .hasMessage("The graph has no node or input (f); there are [x, a, b, c, d, e].");
        });
    }

    @Test
    @Tag("G3")
    void forward_inAStep_leavesOnlyWhatIsWanted() throws Exception {
        Graph graph = Graph.of(g -> g.input("x", "label")
                .add("conv", Ops.convSame(4, 3))
                .add("norm", Ops.batchNorm())
                .add("relu", Ops.relu())
                .add("flat", Ops.flatten())
                .add("scores", Ops.linear(3))
                .add("loss", Ops.crossEntropy(), "scores", "label"));
        Native.run(memory -> {
            GraphNetwork network = network(graph, memory, 3, 4, 4);
            long before = LiveArrays.count();
            for (Mode mode : List.of(Mode.TRAIN, Mode.TEST)) {
                try (Scope scope = Scope.open(memory, network.tensors().values())) {
                    NDArray x = scope.manager().ones(new Shape(2, 3, 4, 4));
                    NDArray label = scope.manager().create(new long[] {1, 2});
                    long given = LiveArrays.count();
                    Values values = network.forward(Map.of("x", x, "label", label), mode);
                    assertThat(LiveArrays.count() - given).as("arrays of a run").isEqualTo(2);
                    assertThat(values.get("loss").getManager()).isSameAs(scope.manager());
                    if (mode.isRecording()) {
                        Autograd.backward(values.get("loss"));
                    }
                }
                assertThat(LiveArrays.count()).as("arrays after the step").isEqualTo(before);
            }
            NDArray weight = get(network.parameters(), "conv.weight");
            try (NDManager scratch = memory.newSubManager()) {
                assertThat(Autograd.gradient(weight, scratch)).isPresent();
            }
        });
    }

    @Test
    @Tag("G1")
    void initialize_withOneSeed_drawsPyTorchsDefaults() throws Exception {
        Graph graph = Graph.of(g -> g.input("x").add("conv", Ops.conv(8, 3)).add("norm", Ops.batchNorm()));
        Native.run(memory -> {
            GraphNetwork network = network(graph, memory, 3, 6, 6);
            NDArray weight = get(network.parameters(), "conv.weight");
            double bound = 1 / Math.sqrt(27);

            double[] values = doubles(weight);
            assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(0.9 * bound, bound);
            assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-bound, -0.9 * bound);
            assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(0, within(0.1 * bound));
            assertThat(network.parameters().keySet())
                    .containsExactly("conv.weight", "conv.bias", "norm.weight", "norm.bias");
            assertThat(network.buffers().keySet()).containsExactly("norm.running_mean", "norm.running_var");
            assertThat(get(network.buffers(), "norm.running_var").toFloatArray())
                    .containsOnly(1);

            weight.addi(1);
            network.reset("conv.weight", new Seed(1));
            assertThat(doubles(weight)).containsExactly(values);
        });
    }

    private static double[] doubles(NDArray array) {
        float[] floats = array.toFloatArray();
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    @Test
    @Tag("M3")
    void forward_inModes_dropsAndUpdatesAsTheySay() throws Exception {
        Graph graph = Graph.of(g -> g.input("x")
                .add("norm", Ops.batchNorm())
                .add("drop", Ops.dropout(0.5), "x")
                .output("norm", "drop"));
        Native.run(memory -> {
            GraphNetwork network = network(graph, memory, 100);
            NDArray mean = get(network.buffers(), "norm.running_mean");
            NDArray x = memory.ones(new Shape(4, 100));

            for (Mode mode : Mode.values()) {
                float before = mean.toFloatArray()[0];
                float[] dropped =
                        network.forward(Map.of("x", x), mode).get("drop").toFloatArray();
                boolean hasZeros =
                        Arrays.stream(doubles(memory.create(dropped))).anyMatch(value -> value == 0);
                assertThat(hasZeros).as("%s drops", mode).isEqualTo(mode.isDropping());
                assertThat(mean.toFloatArray()[0] != before)
                        .as("%s updates", mode)
                        .isEqualTo(mode.isUpdatingStatistics());
            }
            float before = mean.toFloatArray()[0];
            assertThat(network.freezeStatistics("norm.running_mean", true)).isFalse();
            network.forward(Map.of("x", x), Mode.TRAIN);
            assertThat(mean.toFloatArray()[0]).isEqualTo(before);
        });
    }

    @Test
    @Tag("G1")
    void forward_ofOpInTorchScript_runsItsCode() throws Exception {
        Graph graph = Graph.of(g -> g.input("x").add(new Twice()).add(new Twice()));
        Native.run(memory -> {
            GraphNetwork network = network(graph, memory, 2);
            NDArray x = memory.create(new float[] {1, 2}, new Shape(1, 2));

            assertThat(network.forward(Map.of("x", x), Mode.TEST).get("twice2").toFloatArray())
                    .containsExactly(4, 8);
            assertThat(network.code()).as("one method for both").containsOnlyOnce("torch.mul(x[0], 2)");
        });
    }

    @Test
    @Tag("G1")
    void forward_ofAttentionWithDropout_dropsOnlyWhereTheModeDoes() throws Exception {
        Graph graph = Graph.of(g -> g.input("x")
                .add("a", ImmutableAttention.builder().heads(2).dropout(0.5).build()));
        Native.run(memory -> {
            GraphNetwork network = network(graph, memory, 5, 8);
            NDArray x = memory.arange(80).toType(DataType.FLOAT32, true).sin().reshape(2, 5, 8);
            Map<String, NDArray> given = Map.of("x", x);

            float[] tested = network.forward(given, Mode.TEST).get("a").toFloatArray();

            assertThat(network.forward(given, Mode.TEST).get("a").toFloatArray())
                    .containsExactly(tested);
            assertThat(network.forward(given, Mode.MC_DROPOUT).get("a").toFloatArray())
                    .isNotEqualTo(tested);
        });
    }

    @Test
    @Tag("G1")
    void initialize_ofSixtyBlocks_compilesInTime() throws Exception {
        Graph deep = Graph.of(g -> {
            g.input("x").add("stem", Ops.convSame(8, 3));
            for (int i = 0; i < 60; i++) {
                g.group(
                        "b" + i,
                        b -> b.add("conv", Ops.convSame(8, 3))
                                .add("norm", Ops.batchNorm())
                                .add("sum", Ops.add(), "norm", "in")
                                .add("relu", Ops.relu()));
            }
        });
        Native.run(memory -> {
            network(Graph.of(g -> g.input("x").add(Ops.relu())), memory, 2);
            long before = System.nanoTime();
            network(deep, memory, 3, 8, 8);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        });
    }

    @Test
    @Tag("G1")
    void forward_ofBlock_isThatOfTheBlockAloneAndTrains() throws Exception {
        Native.run(memory -> {
            SequentialBlock block = new SequentialBlock()
                    .add(Linear.builder().setUnits(3).build())
                    .add(new BatchNorm());
            GraphNetwork network = network(Graph.of(g -> g.input("x").add("dense", BlockOp.of(block))), memory, 2);
            Model alone = Model.of(new SequentialBlock()
                            .add(Linear.builder().setUnits(3).build())
                            .add(new BatchNorm()))
                    .input("x")
                    .output("y")
                    .build();
            alone.initialize(memory, Map.of("x", new Shape(2)), new Seed(1));
            assertThat(network.parameters().keySet())
                    .containsExactly("dense.0.weight", "dense.0.bias", "dense.1.gamma", "dense.1.beta");
            Map<String, NDArray> renamed = new LinkedHashMap<>();
            network.tensors().forEach((name, array) -> renamed.put(name.replace("dense.", ""), array));
            alone.load(renamed);
            NDArray x = memory.create(new float[] {1, 2, 3, 5}, new Shape(2, 2));
            for (Mode mode : List.of(Mode.TRAIN, Mode.TEST)) {
                NDArray y = network.forward(Map.of("x", x), mode).get("dense");
                assertThat(y.toFloatArray())
                        .containsExactly(alone.forward(Batch.of(2, Map.of("x", x)), mode)
                                .get("y")
                                .toFloatArray());
                if (mode.isRecording()) {
                    Autograd.recording(() -> {
                        Autograd.backward(y.square().sum());
                        return true;
                    });
                }
            }
            NDArray weight = get(network.parameters(), "dense.0.weight");
            assertThat(Autograd.gradient(weight, memory)).isPresent();
            network.freezeStatistics("dense.1.runningMean", true);
            float[] mean = get(network.buffers(), "dense.1.runningMean").toFloatArray();
            network.forward(Map.of("x", x), Mode.TRAIN);
            assertThat(get(network.buffers(), "dense.1.runningMean").toFloatArray())
                    .containsExactly(mean);
        });
    }

    @Test
    @Tag("G1")
    void initialize_withCodeThatIsNone_namesTheNode() throws Exception {
        Graph graph = Graph.of(g -> g.input("x").add("fine", new Twice()).add("wrong", new Nonsense()));
        Native.run(memory -> assertThatThrownBy(() -> network(graph, memory, 2))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("The code of nodes [wrong] is wrong.\n")
                .hasMessageContaining("torch.nonsense"));
    }

    @Test
    @Tag("G1")
    void overwriting_ofRectifiers_needsAnInputThatNobodyElseNeeds() {
        Graph graph = Graph.of(g -> g.input("x")
                .add("conv", Ops.convSame(4, 3))
                .add("after-conv", Ops.relu())
                .add("after-relu", Ops.relu())
                .add("norm", Ops.batchNorm())
                .add("one", Ops.relu(), "norm")
                .add("two", Ops.relu(), "norm")
                .add("sum", Ops.add(), "one", "two")
                .add("after-sum", Ops.relu())
                .add("after-input", Ops.relu(), "x"));

        assertThat(Overwriting.nodes(graph.order(), List.of())).containsExactly("after-conv", "after-sum");
        assertThat(Overwriting.nodes(graph.order(), List.of("sum"))).containsExactly("after-conv");
    }

    @Test
    @Tag("G3")
    void forward_ofTheWhole_isBitEqualToThatOfItsNodesAndSoAreGradients() throws Exception {
        Native.run(memory -> {
            Graph graph = Graph.of(g -> g.input("x", "label")
                    .add("conv", Ops.convSame(6, 3))
                    .add("norm", Ops.batchNorm())
                    .add("relu", Ops.relu())
                    .add("pool", Ops.maxPool(2))
                    .add("flat", Ops.flatten())
                    .add("scores", Ops.linear(3))
                    .add("loss", Ops.crossEntropy(), "scores", "label"));
            Map<String, NDArray> given = new LinkedHashMap<>();
            given.put("x", Layout.channelsLast(memory.randomNormal(new Shape(5, 3, 8, 8)), memory));
            given.put("label", memory.zeros(new Shape(5), DataType.INT64));

            GraphNetwork whole = network(graph, memory, 3, 8, 8);
            GraphNetwork parts = network(graph, memory, 3, 8, 8);
            NDArray wholeLoss = whole.forward(given, Mode.TRAIN).get("loss");
            NDArray partsLoss = parts.forward(given, Map.of(), List.of("scores", "loss"), Mode.TRAIN)
                    .get("loss");
            Autograd.backward(wholeLoss);
            Autograd.backward(partsLoss);

            assertThat(wholeLoss.getFloat()).isEqualTo(partsLoss.getFloat());
            whole.parameters()
                    .forEach((name, parameter) -> assertThat(gradient(parameter, memory))
                            .as(name)
                            .isEqualTo(gradient(
                                    Objects.requireNonNull(parts.parameters().get(name)), memory)));
        });
    }

    private static float[] gradient(NDArray parameter, NDManager memory) {
        return Autograd.gradient(parameter, memory).orElseThrow().toFloatArray();
    }

    @Test
    @Tag("G11")
    void freeze_ofGraphWhoseBodyThrows_restoresExactlyWhatWas() throws Exception {
        Native.run(memory -> {
            Model model = Graph.of(g -> g.input("x")
                            .add("one", Ops.convSame(2, 1))
                            .add("norm", Ops.batchNorm())
                            .add("two", Ops.convSame(2, 1)))
                    .toModel();
            model.initialize(memory, Map.of("x", new Shape(2, 3, 3)), new Seed(1));
            NDArray mean = Objects.requireNonNull(model.buffers().get("norm.running_mean"));
            Batch batch = Batch.of(2, Map.of("x", memory.arange(36f).reshape(2, 2, 3, 3)));

            try (Frozen outer = model.freeze("one.*")) {
                try (Frozen inner = model.freeze("*")) {
                    Outputs unused = model.forward(batch, Mode.TRAIN);
                    assertThat(inner.names()).hasSize(6);
                    assertThat(trained(model)).isEmpty();
                    assertThat(mean.toFloatArray()).containsExactly(0, 0);
                }
                assertThat(trained(model)).containsExactly("norm.weight", "norm.bias", "two.weight");
                throw new IllegalStateException(outer.names() + " are restored all the same");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("[one.weight] are restored all the same");
            }

            assertThat(trained(model)).containsExactly("one.weight", "norm.weight", "norm.bias", "two.weight");
            Outputs unused = model.forward(batch, Mode.TRAIN);
            assertThat(mean.toFloatArray()).doesNotContain(0);
        });
    }

    private static List<String> trained(Model model) {
        return model.parameters().keySet().stream()
                .filter(name ->
                        Objects.requireNonNull(model.parameters().get(name)).hasGradient())
                .toList();
    }
}
