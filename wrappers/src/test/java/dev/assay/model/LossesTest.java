package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.Autograd;
import dev.assay.engine.Native;
import dev.assay.engine.Scalars;
import dev.assay.golden.Golden;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LossesTest {
    private static final JsonNode GOLDEN = Golden.json("losses.json");

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("cross_entropy", Losses.crossEntropy("logits", "labels")),
                Arguments.of("cross_entropy_smooth_0.2", Losses.crossEntropy("logits", "labels", 0.2)),
                Arguments.of("mse", Losses.meanSquaredError("logits", "targets")),
                Arguments.of("l1", Losses.meanAbsoluteError("logits", "targets")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void of_goldenArrays_hasPyTorchsValueAndGradient(String name, Loss loss) throws Exception {
        Native.run(memory -> {
            NDArray logits = array(memory, "logits");
            logits.setRequiresGradient(true);

            double value = Scalars.value(Autograd.recording(() -> {
                NDArray scalar =
                        loss.of(List.of(logits, array(memory, loss.arguments().get(1))));
                Autograd.backward(scalar);
                return scalar;
            }));

            JsonNode expected = GOLDEN.get("cases").get(name);
            assertThat(value).isCloseTo(expected.get("loss").asDouble(), within(1e-12));
            assertThat(Autograd.gradient(logits, memory).orElseThrow().toDoubleArray())
                    .containsExactly(Golden.flat(expected.get("grad")), within(1e-12));
        });
    }

    private static NDArray array(NDManager memory, String name) {
        JsonNode node = GOLDEN.get(name);
        return name.equals("labels")
                ? memory.create(node.valueStream().mapToLong(JsonNode::asLong).toArray())
                : memory.create(Golden.flat(node), new Shape(node.size(), 5));
    }
}
