package dev.assay.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.Layout;
import dev.assay.engine.Native;
import dev.assay.golden.Golden;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("T9")
class ClippingTest {
    private static final JsonNode GOLDEN = Optimizers.GOLDEN.get("clip");

    @Test
    void clip_byNorm_isPyTorchs() throws Exception {
        Native.run(memory -> {
            for (JsonNode expected : GOLDEN.get("by_norm")) {
                List<NDArray> gradients = gradients(memory);

                double norm =
                        Gradients.clipNorm(gradients, expected.get("max_norm").asDouble());

                assertThat(norm).isCloseTo(expected.get("total_norm").asDouble(), within(1e-12));
                assertEqual(gradients, expected.get("grads"), 1e-12);
            }
        });
    }

    @Test
    void clip_byValue_isPyTorchs() throws Exception {
        Native.run(memory -> {
            List<NDArray> gradients = gradients(memory);

            Gradients.clipValue(gradients, 0.3);

            assertEqual(gradients, GOLDEN.get("by_value_0.3"), 0);
        });
    }

    @Test
    void clip_byValueOfAnyShape_isInPlace() throws Exception {
        Native.run(memory -> {
            NDArray plain = memory.arange(24.0f).reshape(2, 3, 2, 2);
            NDArray last = Layout.channelsLast(plain, memory);
            NDArray scalar = memory.create(-7f);

            Gradients.clipValue(List.of(last, scalar), 5);

            assertThat(last).isEqualTo(plain.minimum(5));
            assertThat(scalar.toFloatArray()).containsExactly(-5);
        });
    }

    @Test
    void clip_byValueNotFinite_keepsNaNOnly() throws Exception {
        Native.run(memory -> {
            NDArray gradient =
                    memory.create(new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.25});

            Gradients.clipValue(List.of(gradient), 1);

            assertThat(gradient.toDoubleArray()).containsExactly(Double.NaN, 1, -1, 0.25);
        });
    }

    @Test
    void clip_byValueManyNotFinite_keepsNaNOnly() throws Exception {
        Native.run(memory -> {
            NDArray gradient = memory.full(new Shape(1003), Float.NaN);
            NDArray infinite = memory.full(new Shape(1003), Float.NEGATIVE_INFINITY);

            Gradients.clipValue(List.of(gradient, infinite), 1);

            assertThat(gradient.isNaN().all().getBoolean()).isTrue();
            assertThat(infinite).isEqualTo(memory.full(new Shape(1003), -1f));
        });
    }

    @Test
    void clip_infiniteNorm_isPyTorchs() throws Exception {
        Native.run(memory -> {
            NDArray infinite = memory.create(new double[] {Double.POSITIVE_INFINITY, 2});
            NDArray finite = memory.create(new double[] {3});

            assertThat(Gradients.clipNorm(List.of(infinite, finite), 1)).isInfinite();

            assertThat(infinite.toDoubleArray()).containsExactly(Double.NaN, 0);
            assertThat(finite.toDoubleArray()).containsExactly(0);
        });
    }

    @Test
    void clip_normIsNoNumber_isPyTorchs() throws Exception {
        Native.run(memory -> {
            NDArray gradient = memory.create(new double[] {Double.NaN, 2});
            NDArray finite = memory.create(new double[] {3});

            assertThat(Gradients.clipNorm(List.of(gradient, finite), 1)).isNaN();

            assertThat(gradient.toDoubleArray()).containsExactly(Double.NaN, Double.NaN);
            assertThat(finite.toDoubleArray()).containsExactly(Double.NaN);
        });
    }

    @Test
    void clip_either_leavesNoArrayBehind() throws Exception {
        Native.run(memory -> {
            List<NDArray> gradients = List.of(memory.ones(new Shape(2, 2)), memory.ones(new Shape(3)));

            Gradients.clipNorm(gradients, 0.1);
            Gradients.clipValue(gradients, 0.01);

            assertThat(memory.getManagedArrays()).containsExactlyInAnyOrderElementsOf(gradients);
        });
    }

    @Test
    void clip_noGradients_isNothing() {
        assertThat(Gradients.clipNorm(List.of(), 1)).isZero();
    }

    private static List<NDArray> gradients(NDManager memory) {
        JsonNode rows = GOLDEN.at("/gradients/0");
        NDArray matrix = memory.create(Golden.flat(rows)).reshape(rows.size(), -1);
        return List.of(matrix, memory.create(Golden.doubles(GOLDEN.at("/gradients/1"))));
    }

    private static void assertEqual(List<NDArray> gradients, JsonNode expected, double tolerance) {
        assertThat(gradients.get(0).toDoubleArray()).containsExactly(Golden.flat(expected.get(0)), within(tolerance));
        assertThat(gradients.get(1).toDoubleArray())
                .containsExactly(Golden.doubles(expected.get(1)), within(tolerance));
    }
}
