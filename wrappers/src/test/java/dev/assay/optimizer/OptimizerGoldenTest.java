package dev.assay.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.assay.config.ConfigException;
import dev.assay.engine.Native;
import dev.assay.golden.Golden;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class OptimizerGoldenTest {
    private static final JsonNode GOLDEN = Optimizers.GOLDEN;

    static Stream<Arguments> cases() {
        return Optimizers.golden().entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
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

    @Test
    void cases_all_areThoseOfTheFile() {
        Set<String> names = new TreeSet<>(GOLDEN.get("cases").propertyNames());

        assertThat(Optimizers.golden().keySet()).containsExactlyInAnyOrderElementsOf(names);
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
    void update_centredOnASteadyGradient_staysFinite() throws Exception {
        RmsProp config = ImmutableRmsProp.builder().centered(true).alpha(0.5).build();

        Native.run(memory -> {
            NDArray parameter = memory.create(new float[] {1, 1, 1});
            NDArray gradient = memory.create(new float[] {0.1f, 0.7f, 1e-3f});
            Optimizer optimizer = Optimizer.of(config, memory);
            for (int i = 0; i < 200; i++) {
                optimizer.update(Map.of("w", parameter), Map.of("w", gradient), 1e-9);
            }
            assertThat(parameter.isNaN().any().getBoolean()).isFalse();
        });
    }

    @Test
    void build_nesterovWithoutMomentum_isRefused() {
        assertThatThrownBy(() -> ImmutableSgd.builder().lr(0.1).nesterov(true).build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Nesterov needs a momentum above 0 and a dampening of 0");
    }

    private static void step(Optimizer optimizer, double learningRate, NDArray parameter, int step) {
        try (NDArray gradient = parameter
                .getManager()
                .create(Golden.doubles(GOLDEN.get("gradients").get(step)))) {
            optimizer.update(Map.of("w", parameter), Map.of("w", gradient), learningRate);
        }
    }
}
