package dev.assay.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterGroupTest {

    @Test
    void update_groups_firstMatchGivesRateAndDecay() throws Exception {
        Sgd config = ImmutableSgd.builder()
                .lr(0.1)
                .weightDecay(0.5)
                .addGroups(group("head.*").lr(0.4).build())
                .addGroups(group("*.bias").lr(0.05).weightDecay(0.0).build())
                .build();

        Native.run(memory -> {
            Map<String, NDArray> parameters = ones(memory, "body.bias", "body.weight", "head.bias");
            // The schedule has halved the rate.
            Optimizer.of(config, memory).update(parameters, parametersAsGradients(parameters), 0.05);

            assertThat(value(parameters, "head.bias")).isCloseTo(1 - 0.2 * 1.5, within(1e-15));
            assertThat(value(parameters, "body.bias")).isCloseTo(1 - 0.025, within(1e-15));
            assertThat(value(parameters, "body.weight")).isCloseTo(1 - 0.05 * 1.5, within(1e-15));
        });
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(
                        "sgd", ImmutableSgd.builder().lr(0.1).addGroups(still()).build()),
                Arguments.of("adam", ImmutableAdam.builder().addGroups(still()).build()),
                Arguments.of(
                        "adamw", ImmutableAdamW.builder().addGroups(still()).build()),
                Arguments.of(
                        "nadam", ImmutableNAdam.builder().addGroups(still()).build()),
                Arguments.of(
                        "radam", ImmutableRAdam.builder().addGroups(still()).build()),
                Arguments.of(
                        "rmsprop", ImmutableRmsProp.builder().addGroups(still()).build()),
                Arguments.of(
                        "adagrad", ImmutableAdagrad.builder().addGroups(still()).build()),
                Arguments.of(
                        "adadelta",
                        ImmutableAdadelta.builder().addGroups(still()).build()),
                Arguments.of(
                        "adamax", ImmutableAdamax.builder().addGroups(still()).build()),
                Arguments.of("lion", ImmutableLion.builder().addGroups(still()).build()),
                Arguments.of("lamb", ImmutableLamb.builder().addGroups(still()).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void update_rateOfZero_movesAllOthers(String kind, OptimizerConfig config) throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> parameters = ones(memory, "a", "b");
            Optimizer.of(config, memory).update(parameters, parametersAsGradients(parameters), config.lr());

            assertThat(value(parameters, "a")).isEqualTo(1);
            assertThat(value(parameters, "b")).isLessThan(1);
        });
    }

    @Test
    void update_patternOfNoParameter_isRefusedWithNearest() throws Exception {
        Sgd config = ImmutableSgd.builder()
                .lr(0.1)
                .addGroups(group("*.biass").lr(0.05).build())
                .build();

        Native.run(memory -> {
            Map<String, NDArray> parameters =
                    ones(memory, "0.weight", "1.gamma", "1.beta", "4.weight", "4.bias", "8.weight", "8.bias");

            assertThatThrownBy(() ->
                            Optimizer.of(config, memory).update(parameters, parametersAsGradients(parameters), 0.1))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("""
                            The pattern (*.biass) of an optimizer's group matches none of the 7 parameters; it must match one.
                            Maybe one of these was meant: 4.bias, 8.bias, 1.beta.""");
        });
    }

    private static ParameterGroup still() {
        return group("a").lr(0.0).build();
    }

    private static ImmutableParameterGroup.Builder group(String pattern) {
        return ImmutableParameterGroup.builder().match(pattern);
    }

    private static Map<String, NDArray> ones(NDManager memory, String... names) {
        Map<String, NDArray> parameters = new TreeMap<>();
        for (String name : names) {
            parameters.put(name, memory.ones(new Shape(1), DataType.FLOAT64));
        }
        return parameters;
    }

    private static Map<String, NDArray> parametersAsGradients(Map<String, NDArray> parameters) {
        Map<String, NDArray> gradients = new TreeMap<>();
        parameters.forEach((name, parameter) -> gradients.put(name, parameter.duplicate()));
        return gradients;
    }

    private static double value(Map<String, NDArray> parameters, String name) {
        return Objects.requireNonNull(parameters.get(name)).toDoubleArray()[0];
    }
}
