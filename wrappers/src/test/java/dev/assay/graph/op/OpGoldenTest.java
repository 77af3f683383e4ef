package dev.assay.graph.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.config.ChoiceType;
import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigType;
import dev.assay.engine.Autograd;
import dev.assay.engine.Layout;
import dev.assay.engine.Native;
import dev.assay.golden.Golden;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphConfig;
import dev.assay.graph.GraphNetwork;
import dev.assay.graph.ShapedGraph;
import dev.assay.model.Mode;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every op against {@code torch.nn.functional}. */
@Tag("G1")
class OpGoldenTest {
    private static final JsonNode CASES = Golden.json("graph-ops.json").get("cases");

    static Stream<String> cases() {
        return CASES.propertyNames().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void forwardAndBackward_ofGoldenInputs_arePyTorchs(String name) throws Exception {
        JsonNode golden = CASES.get(name);

        Native.run(memory -> {
            Map<String, NDArray> inputs = inputs(golden, memory);
            ShapedGraph shaped = ShapedGraph.of(graph(golden, inputs.keySet().size()), examples(inputs));
            Map<String, NDArray> arrays = weights(golden, memory);
            GraphNetwork network = GraphNetwork.over(shaped, memory, arrays);
            if (golden.get("weights").has("running_var")) {
                network.freezeStatistics(
                        "node.running_var", !golden.get("updating").asBoolean());
            }

            NDArray output = network.forward(inputs, Map.of(), List.of("node"), mode(golden))
                    .get("node");

            same("output", golden.get("output"), output);
            assertThat(withBatch(shaped.shape("node"), output))
                    .as("inferred shape")
                    .isEqualTo(output.getShape());
            if (mode(golden).isRecording()) {
                Autograd.recording(() -> {
                    Autograd.backward(output.mul(cotangent(output, memory)).sum());
                    return true;
                });
                sameGradients(golden, inputs, arrays, memory);
            }
            for (String buffer : golden.get("buffers").propertyNames()) {
                same(buffer, golden.get("buffers").get(buffer), get(arrays, "node." + buffer));
            }
        });
    }

    private static void sameGradients(
            JsonNode golden, Map<String, NDArray> inputs, Map<String, NDArray> arrays, NDManager memory) {
        int i = 0;
        for (NDArray input : inputs.values()) {
            sameGradient("input " + i, golden.get("inputGradients").get(i++), input, memory);
        }
        for (String weight : golden.get("weightGradients").propertyNames()) {
            NDArray array = get(arrays, "node." + weight);
            sameGradient(weight, golden.get("weightGradients").get(weight), array, memory);
        }
    }

    @Test
    void cases_all_coverEveryKind() {
        TreeSet<String> kinds = new TreeSet<>();
        CASES.valueStream().forEach(each -> kinds.add(each.at("/op/kind").asString()));

        ChoiceType all = (ChoiceType) ConfigType.of(OpConfig.class);
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(all.alternatives().keySet());
    }

    /** Training, but for the op that would draw random numbers then. */
    private static Mode mode(JsonNode golden) {
        return golden.at("/op/kind").asString().equals("dropout") ? Mode.TEST : Mode.TRAIN;
    }

    private static NDArray get(Map<String, NDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }

    private static Graph graph(JsonNode golden, int inputs) {
        ObjectNode config = ((ObjectNode) golden.get("op")).deepCopy();
        config.put("name", "node");
        var from = config.putArray("from");
        var names = config.objectNode().putArray("inputs");
        IntStream.range(0, inputs).forEach(i -> {
            from.add("x" + i);
            names.add("x" + i);
        });
        ObjectNode graph = config.objectNode();
        graph.set("inputs", names);
        graph.putArray("nodes").add(config);
        graph.putArray("outputs").add("node");
        return Graph.from(ConfigReader.of(GraphConfig.class).fromJson(graph));
    }

    private static Map<String, NDArray> inputs(JsonNode golden, NDManager memory) {
        Map<String, NDArray> inputs = new LinkedHashMap<>();
        for (JsonNode input : golden.get("inputs")) {
            inputs.put("x" + inputs.size(), array(input, memory));
        }
        return inputs;
    }

    private static Map<String, Shape> examples(Map<String, NDArray> inputs) {
        Map<String, Shape> examples = new LinkedHashMap<>();
        inputs.forEach((name, array) -> examples.put(name, array.getShape().slice(1)));
        return examples;
    }

    private static Map<String, NDArray> weights(JsonNode golden, NDManager memory) {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        for (String name : golden.get("weights").propertyNames()) {
            NDArray array = array(golden.get("weights").get(name), memory);
            array.setRequiresGradient(golden.get("weightGradients").has(name));
            weights.put("node." + name, array);
        }
        return weights;
    }

    private static NDArray array(JsonNode node, NDManager memory) {
        Shape shape = shape(node);
        if (node.get("type").asString().equals("int64")) {
            long[] values =
                    node.get("values").valueStream().mapToLong(JsonNode::asLong).toArray();
            return Layout.create(memory, LongBuffer.wrap(values), shape, DataType.INT64);
        }
        NDArray array =
                Layout.create(memory, DoubleBuffer.wrap(Golden.doubles(node.get("values"))), shape, DataType.FLOAT64);
        array.setRequiresGradient(true);
        return array;
    }

    private static Shape shape(JsonNode node) {
        return new Shape(
                node.get("shape").valueStream().mapToLong(JsonNode::asLong).toArray());
    }

    private static NDArray cotangent(NDArray value, NDManager memory) {
        double[] values =
                IntStream.range(0, (int) value.size()).mapToDouble(Math::cos).toArray();
        return memory.create(values, value.getShape());
    }

    private static void sameGradient(String what, JsonNode golden, NDArray array, NDManager memory) {
        if (golden.isNull()) {
            return;
        }
        List<NDArray> there = new ArrayList<>();
        Autograd.gradient(array, memory).ifPresent(there::add);
        double[] none = new double[(int) array.size()];
        assertThat(there.isEmpty() ? none : there.get(0).toDoubleArray())
                .as("gradient of " + what)
                .containsExactly(Golden.doubles(golden.get("values")), within(1e-11));
    }

    private static void same(String what, JsonNode golden, NDArray array) {
        assertThat(array.getShape()).as("shape of " + what).isEqualTo(shape(golden));
        assertThat(array.toDoubleArray()).as(what).containsExactly(Golden.doubles(golden.get("values")), within(1e-11));
    }

    private static Shape withBatch(Shape inferred, NDArray output) {
        return inferred.dimension() == 0
                ? inferred
                : new Shape(output.getShape().get(0)).addAll(inferred.slice(1));
    }
}
