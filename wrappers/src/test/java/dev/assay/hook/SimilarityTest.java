package dev.assay.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.engine.Autograd;
import dev.assay.engine.Native;
import dev.assay.golden.Golden;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class SimilarityTest {
    @Test
    @Tag("T13")
    void linearCka_isThatOfTheReference() throws Exception {
        JsonNode golden = Golden.json("similarity.json");

        Native.run(memory -> {
            NDArray x = array(memory, golden.get("x"));
            NDArray y = array(memory, golden.get("y"));

            assertThat(Similarity.LINEAR_CKA.of(x, y).getDouble())
                    .isCloseTo(golden.get("linear_cka_biased").asDouble(), within(1e-12));
        });
    }

    @Test
    @Tag("T13")
    void rdmCorrelation_isThatOfNumbersByHand() throws Exception {
        JsonNode golden = Golden.json("similarity.json");
        double expected = correlation(dissimilarities(rows(golden.get("x"))), dissimilarities(rows(golden.get("y"))));

        Native.run(memory -> {
            NDArray x = array(memory, golden.get("x"));
            NDArray y = array(memory, golden.get("y"));

            assertThat(Similarity.RDM_CORRELATION.of(x, y).getDouble()).isCloseTo(expected, within(1e-12));
        });
    }

    @ParameterizedTest
    @EnumSource
    @Tag("T13")
    void of_oneItself_isOne_alsoScaledAndMoved(Similarity similarity) throws Exception {
        Native.run(memory -> {
            NDArray x = random(memory, 12, 1e-5).reshape(12, 2, 3);

            assertThat(similarity.of(x, x).getDouble()).isCloseTo(1, within(1e-12));
            assertThat(similarity.of(x, x.mul(3).add(1e-4)).getDouble()).isCloseTo(1, within(1e-9));
        });
    }

    @ParameterizedTest
    @EnumSource
    @Tag("T13")
    void gradient_isTheSlope(Similarity similarity) throws Exception {
        Native.run(memory -> {
            NDArray x = random(memory, 5, 1);
            NDArray y = random(memory, 5, 2).square();
            x.setRequiresGradient(true);
            Autograd.recording(() -> {
                Autograd.backward(similarity.of(x, y));
                return true;
            });
            double[] gradient = Autograd.gradient(x, memory).orElseThrow().toDoubleArray();

            double[] values = Autograd.notRecording(x::toDoubleArray);
            for (int i = 0; i < values.length; i++) {
                double slope = (moved(similarity, values, i, 1e-6, y) - moved(similarity, values, i, -1e-6, y)) / 2e-6;
                assertThat(gradient[i]).isCloseTo(slope, within(1e-7));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    @Tag("T13")
    void gradient_ofAConstantRepresentation_isFinite(Similarity similarity) throws Exception {
        Native.run(memory -> {
            NDArray x = random(memory, 5, 1).mul(0).add(2);
            x.setRequiresGradient(true);
            Autograd.recording(() -> {
                Autograd.backward(similarity.of(x, random(memory, 5, 2)));
                return true;
            });

            assertThat(Autograd.gradient(x, memory).orElseThrow().toDoubleArray())
                    .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        });
    }

    private static double moved(Similarity similarity, double[] values, int i, double by, NDArray y) {
        double[] moved = values.clone();
        moved[i] += by;
        return Autograd.notRecording(() ->
                similarity.of(y.getManager().create(moved).reshape(5, 6), y).getDouble());
    }

    private static NDArray random(NDManager memory, int rows, double scale) {
        RandomStream random = new Seed(rows).stream("values" + scale);
        return memory.create(DoubleStream.generate(() -> random.nextGaussian() * scale)
                        .limit(rows * 6L)
                        .toArray())
                .reshape(rows, 6);
    }

    private static NDArray array(NDManager memory, JsonNode rows) {
        return memory.create(Golden.flat(rows)).reshape(rows.size(), rows.get(0).size());
    }

    private static double[][] rows(JsonNode json) {
        return json.valueStream().map(Golden::doubles).toArray(double[][]::new);
    }

    private static double[] dissimilarities(double[][] rows) {
        DoubleStream.Builder pairs = DoubleStream.builder();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < i; j++) {
                pairs.add(1 - correlation(rows[i], rows[j]));
            }
        }
        return pairs.build().toArray();
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = DoubleStream.of(a).average().orElseThrow();
        double meanB = DoubleStream.of(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
