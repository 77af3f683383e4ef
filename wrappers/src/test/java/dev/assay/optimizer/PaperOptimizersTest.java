package dev.assay.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.assay.engine.Native;
import dev.assay.golden.Golden;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Optimizers PyTorch does not have, against their papers' algorithms written out on plain numbers. */
class PaperOptimizersTest {
    private static final double[] INITIAL = Golden.doubles(Optimizers.GOLDEN.get("initial"));
    private static final double RATE = 0.01;

    @Test
    void lion_firstStep_isAsComputedByHand() throws Exception {
        Lion config = ImmutableLion.builder().lr(0.1).weightDecay(0.5).build();

        // 2 - 0.1·(sign(0.1·3) + 0.5·2) = 1.8; -1 - 0.1·(-1 - 0.5) = -0.85; 4 - 0.1·(0 + 2) = 3.8
        assertThat(afterOneStep(config, new double[] {2, -1, 4}, new double[] {3, -0.2, 0}))
                .containsExactly(new double[] {1.8, -0.85, 3.8}, within(1e-15));
    }

    @Test
    void lamb_firstStep_isAsComputedByHand() throws Exception {
        Lamb config = ImmutableLamb.builder().lr(0.1).weightDecay(0).eps(1e-30).build();

        // The direction is (1, -1), √2 long; the parameter is 5 long.
        double distance = 0.1 * 5 / Math.sqrt(2);
        assertThat(afterOneStep(config, new double[] {3, 4}, new double[] {0.7, -20}))
                .containsExactly(new double[] {3 - distance, 4 + distance}, within(1e-14));
    }

    @Test
    void lamb_parameterOrGradientWithoutLength_movesAsAdam() throws Exception {
        Lamb config = ImmutableLamb.builder().lr(0.1).weightDecay(0).eps(1e-30).build();

        assertThat(afterOneStep(config, new double[] {0, 0}, new double[] {0.7, -20}))
                .containsExactly(new double[] {-0.1, 0.1}, within(1e-15));
        assertThat(afterOneStep(config, new double[] {3, 4}, new double[] {0, 0}))
                .containsExactly(3, 4);
    }

    @Test
    void lion_manySteps_followsThePaper() throws Exception {
        double[] mean = new double[INITIAL.length];

        assertFollows(
                ImmutableLion.builder().lr(RATE).beta1(0.8).weightDecay(0.1).build(), (weights, gradient) -> {
                    for (int i = 0; i < weights.length; i++) {
                        double sign = Math.signum(0.8 * mean[i] + (1 - 0.8) * gradient[i]);
                        weights[i] -= RATE * (sign + 0.1 * weights[i]);
                        mean[i] = 0.99 * mean[i] + (1 - 0.99) * gradient[i];
                    }
                });
    }

    @Test
    void lamb_manySteps_followsThePaper() throws Exception {
        double[] mean = new double[INITIAL.length];
        double[] square = new double[INITIAL.length];
        int[] step = {0};

        assertFollows(ImmutableLamb.builder().lr(RATE).weightDecay(0.1).build(), (weights, gradient) -> {
            step[0]++;
            double[] direction = new double[weights.length];
            for (int i = 0; i < weights.length; i++) {
                mean[i] = 0.9 * mean[i] + (1 - 0.9) * gradient[i];
                square[i] = 0.999 * square[i] + (1 - 0.999) * gradient[i] * gradient[i];
                double corrected = mean[i] / (1 - Math.pow(0.9, step[0]));
                double size = Math.sqrt(square[i] / (1 - Math.pow(0.999, step[0])));
                direction[i] = corrected / (size + 1e-6) + 0.1 * weights[i];
            }
            double ratio = length(weights) / length(direction);
            for (int i = 0; i < weights.length; i++) {
                weights[i] -= RATE * ratio * direction[i];
            }
        });
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double each : vector) {
            squares += each * each;
        }
        return Math.sqrt(squares);
    }

    private static double[] afterOneStep(OptimizerConfig config, double[] parameter, double[] gradient)
            throws Exception {
        double[][] after = new double[1][];
        Native.run(memory -> {
            NDArray weight = memory.create(parameter);
            Optimizer.of(config, memory).update(Map.of("w", weight), Map.of("w", memory.create(gradient)), config.lr());
            after[0] = weight.toDoubleArray();
        });
        return after[0];
    }

    private static void assertFollows(OptimizerConfig config, BiConsumer<double[], double[]> paper) throws Exception {
        Native.run(memory -> {
            double[] expected = INITIAL.clone();
            NDArray weight = memory.create(INITIAL);
            Optimizer optimizer = Optimizer.of(config, memory);
            for (int i = 0; i < 12; i++) {
                double[] gradient =
                        Golden.doubles(Optimizers.GOLDEN.get("gradients").get(i));
                paper.accept(expected, gradient);
                optimizer.update(Map.of("w", weight), Map.of("w", memory.create(gradient)), RATE);
                assertThat(weight.toDoubleArray()).as("step %d", i).containsExactly(expected, within(1e-12));
            }
        });
    }
}
