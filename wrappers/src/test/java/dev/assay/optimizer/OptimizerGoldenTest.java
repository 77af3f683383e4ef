package dev.assay.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import dev.assay.golden.Golden;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class OptimizerGoldenTest {
    private static final JsonNode GOLDEN = Golden.json("optimizers.json");

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("sgd", ImmutableSgd.builder().lr(0.1).build()),
                Arguments.of(
                        "sgd_momentum",
                        ImmutableSgd.builder().lr(0.1).momentum(0.9).build()),
                Arguments.of(
                        "sgd_momentum_dampening_wd",
                        ImmutableSgd.builder()
                                .lr(0.05)
                                .momentum(0.9)
                                .dampening(0.3)
                                .weightDecay(0.005)
                                .build()),
                Arguments.of(
                        "sgd_nesterov_wd",
                        ImmutableSgd.builder()
                                .lr(0.05)
                                .momentum(0.9)
                                .nesterov(true)
                                .weightDecay(0.005)
                                .build()),
                Arguments.of("adam", ImmutableAdam.builder().lr(0.01).build()),
                Arguments.of(
                        "adam_wd",
                        ImmutableAdam.builder()
                                .lr(0.01)
                                .beta1(0.8)
                                .beta2(0.95)
                                .eps(1e-6)
                                .weightDecay(0.1)
                                .build()),
                Arguments.of(
                        "adamw",
                        ImmutableAdamW.builder().lr(0.01).weightDecay(0.1).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void update_goldenGradients_followsPyTorch(String name, OptimizerConfig config) throws Exception {
        JsonNode trajectory = GOLDEN.at("/cases/" + name + "/trajectory");

        Native.run(memory -> {
            NDArray parameter = memory.create(Golden.doubles(GOLDEN.get("initial")));
            Optimizer optimizer = Optimizer.of(config, memory);
            for (int i = 0; i < trajectory.size(); i++) {
                step(optimizer, config.lr(), parameter, i);
                assertThat(parameter.toDoubleArray())
                        .as("step %d", i)
                        .containsExactly(Golden.doubles(trajectory.get(i)), within(1e-12));
            }
            assertThat(trajectory.size()).isEqualTo(12);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void restore_stateOfAnother_goesOnBitEqually(String name, OptimizerConfig config) throws Exception {
        Native.run(memory -> {
            NDArray parameter = memory.create(Golden.doubles(GOLDEN.get("initial")));
            Optimizer first = Optimizer.of(config, memory);
            for (int i = 0; i < 5; i++) {
                step(first, config.lr(), parameter, i);
            }
            NDArray copy = parameter.duplicate();
            Optimizer second = Optimizer.of(config, memory);
            second.restore(first.state());

            step(first, config.lr() / 2, parameter, 5);
            step(second, config.lr() / 2, copy, 5);

            assertThat(copy.toDoubleArray()).containsExactly(parameter.toDoubleArray());
        });
    }

    @Test
    void update_decoupledDecay_shrinksWeightsApartFromMomentum() throws Exception {
        Sgd config = ImmutableSgd.builder()
                .lr(0.1)
                .momentum(0.9)
                .weightDecay(0.5)
                .decay(Decay.DECOUPLED)
                .build();

        Native.run(memory -> {
            NDArray parameter = memory.create(new double[] {2});
            Optimizer optimizer = Optimizer.of(config, memory);
            NDArray gradient = memory.create(new double[] {1});
            optimizer.update(Map.of("w", parameter), Map.of("w", gradient), 0.1);
            optimizer.update(Map.of("w", parameter), Map.of("w", gradient), 0.2);

            double afterFirst = 2 * (1 - 0.1 * 0.5) - 0.1;
            double afterSecond = afterFirst * (1 - 0.2 * 0.5) - 0.2 * 1.9;
            assertThat(parameter.toDoubleArray()).containsExactly(new double[] {afterSecond}, within(1e-15));
        });
    }

    @Test
    void of_nesterovWithoutMomentum_isRefused() throws Exception {
        Sgd config = ImmutableSgd.builder().lr(0.1).nesterov(true).build();

        Native.run(memory -> assertThatThrownBy(() -> Optimizer.of(config, memory))
                .isInstanceOf(AssayException.class)
                .hasMessage(
                        "Optimizer (sgd) with nesterov has momentum (0.0) and dampening (0.0); nesterov needs a momentum"
                                + " above 0 and a dampening of 0."));
    }

    @Test
    @Tag("T9")
    void clip_byNorm_isPyTorchs() throws Exception {
        Native.run(memory -> {
            for (JsonNode expected : GOLDEN.at("/clip/by_norm")) {
                NDArray matrix = gradient(memory, GOLDEN.at("/clip/gradients/0"));
                NDArray vector = memory.create(Golden.doubles(GOLDEN.at("/clip/gradients/1")));

                double norm = GradientNorm.clip(
                        List.of(matrix, vector), expected.get("max_norm").asDouble());

                assertThat(norm).isCloseTo(expected.get("total_norm").asDouble(), within(1e-12));
                assertThat(matrix.toDoubleArray()).containsExactly(Golden.flat(expected.at("/grads/0")), within(1e-12));
                assertThat(vector.toDoubleArray())
                        .containsExactly(Golden.doubles(expected.at("/grads/1")), within(1e-12));
            }
        });
    }

    private static NDArray gradient(NDManager memory, JsonNode rows) {
        return memory.create(Golden.flat(rows)).reshape(rows.size(), -1);
    }

    private static void step(Optimizer optimizer, double learningRate, NDArray parameter, int step) {
        try (NDArray gradient = parameter
                .getManager()
                .create(Golden.doubles(GOLDEN.get("gradients").get(step)))) {
            optimizer.update(Map.of("w", parameter), Map.of("w", gradient), learningRate);
        }
    }
}
