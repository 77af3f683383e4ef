package dev.assay.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.Layout;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an optimizer remembers, on parameters as networks have them: float32, channels-last where there are four dimensions. */
@Tag("E9")
class OptimizerStateTest {
    private static final Map<String, Shape> SHAPES = Map.of(
            "conv.weight",
            new Shape(4, 3, 3, 3),
            "conv.bias",
            new Shape(4),
            "scale",
            new Shape(),
            "fc",
            new Shape(5, 7));

    static Stream<Arguments> cases() {
        return Optimizers.all().entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void restore_afterSixOfTwelveSteps_endsBitEqual(String name, OptimizerConfig config) throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> straight = parameters(memory);
            steps(Optimizer.of(config, memory), config, straight, 0, 12);

            Map<String, NDArray> resumed = parameters(memory);
            Optimizer first = Optimizer.of(config, memory);
            steps(first, config, resumed, 0, 6);
            Map<String, NDArray> stored = stored(first.state(), memory);
            steps(first, config, copies(resumed), 6, 8);
            Optimizer second = Optimizer.of(config, memory);
            second.restore(stored);
            steps(second, config, resumed, 6, 12);

            SHAPES.keySet()
                    .forEach(each -> assertThat(bits(resumed, each)).as(each).isEqualTo(bits(straight, each)));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void state_ofPicturesWeights_isLaidOutAsThey(String name, OptimizerConfig config) throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> parameters = parameters(memory);
            Optimizer optimizer = Optimizer.of(config, memory);
            steps(optimizer, config, parameters, 0, 3);
            assertLayout(optimizer.state());

            Map<String, NDArray> stored = stored(optimizer.state(), memory);
            optimizer.restore(stored);
            assertLayout(optimizer.state());
            steps(optimizer, config, parameters, 3, 4);
            assertLayout(optimizer.state());
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void update_again_keepsAsManyArraysAlive(String name, OptimizerConfig config) throws Exception {
        Native.run(memory -> {
            Map<String, NDArray> parameters = parameters(memory);
            Optimizer optimizer = Optimizer.of(config, memory);
            steps(optimizer, config, parameters, 0, 1);
            int alive = memory.getManagedArrays().size();

            steps(optimizer, config, parameters, 1, 12);

            assertThat(memory.getManagedArrays()).hasSize(alive);
            assertThat(alive).isEqualTo(parameters.size() + optimizer.state().size());
        });
    }

    @Test
    void state_adam_isNamedAfterItsParameters() throws Exception {
        Native.run(memory -> {
            Optimizer optimizer = Optimizer.of(ImmutableAdam.builder().build(), memory);
            NDArray parameter = memory.ones(new Shape(2));
            optimizer.update(Map.of("a/b", parameter), Map.of("a/b", parameter), 0.1);
            optimizer.update(Map.of("a/b", parameter), Map.of("a/b", parameter), 0.1);

            assertThat(optimizer.state()).containsOnlyKeys("mean/a/b", "square/a/b", "steps/a/b");
            assertThat(Objects.requireNonNull(optimizer.state().get("steps/a/b"))
                            .getDouble())
                    .isEqualTo(2);
        });
    }

    @Test
    void restore_strangeName_isRefused() throws Exception {
        Native.run(memory -> {
            Optimizer optimizer = Optimizer.of(ImmutableAdam.builder().build(), memory);

            assertThatThrownBy(() -> optimizer.restore(Map.of("mean", memory.ones(new Shape(2)))))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("The state (mean) of an optimizer must be named as what/parameter.");
        });
    }

    @Test
    void update_gradientOfNoParameter_isRefused() throws Exception {
        Native.run(memory -> {
            Optimizer optimizer = Optimizer.of(ImmutableAdam.builder().build(), memory);
            NDArray array = memory.ones(new Shape(2));

            assertThatThrownBy(() -> optimizer.update(Map.of("a", array), Map.of("b", array), 0.1))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("The gradient (b) belongs to none of the parameters [a].");
            assertThat(memory.getManagedArrays()).containsExactly(array);
        });
    }

    private static Map<String, NDArray> parameters(NDManager memory) {
        Map<String, NDArray> parameters = new TreeMap<>();
        SHAPES.forEach((name, shape) -> parameters.put(name, random(memory, shape, "initial/" + name, 0)));
        return parameters;
    }

    private static Map<String, NDArray> copies(Map<String, NDArray> arrays) {
        Map<String, NDArray> copies = new HashMap<>();
        arrays.forEach((name, array) -> copies.put(name, array.duplicate()));
        return copies;
    }

    /** What comes back from a file: the values alone. */
    private static Map<String, NDArray> stored(Map<String, NDArray> state, NDManager memory) {
        Map<String, NDArray> stored = new TreeMap<>();
        state.forEach((name, array) -> {
            NDArray values = memory.create(array.toByteBuffer(), array.getShape(), array.getDataType());
            stored.put(name, values.duplicate());
        });
        return stored;
    }

    private static void steps(
            Optimizer optimizer, OptimizerConfig config, Map<String, NDArray> parameters, int from, int to) {
        for (int i = from; i < to; i++) {
            Map<String, NDArray> gradients = new TreeMap<>();
            for (Map.Entry<String, NDArray> each : parameters.entrySet()) {
                NDManager memory = each.getValue().getManager();
                gradients.put(each.getKey(), random(memory, each.getValue().getShape(), each.getKey(), i));
            }
            optimizer.update(parameters, gradients, config.lr() / (1 + i));
            gradients.values().forEach(NDArray::close);
        }
    }

    private static NDArray random(NDManager memory, Shape shape, String purpose, int step) {
        RandomStream stream = new Seed(7).stream(purpose, step);
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) stream.nextGaussian();
        }
        return Layout.create(memory, FloatBuffer.wrap(values), shape, DataType.FLOAT32);
    }

    private static int[] bits(Map<String, NDArray> parameters, String name) {
        float[] values = Objects.requireNonNull(parameters.get(name)).toFloatArray();
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    private static void assertLayout(Map<String, NDArray> state) {
        state.forEach((name, array) -> {
            if (array.getShape().dimension() == 4) {
                assertThat(isChannelsLast(array)).as(name).isTrue();
            }
        });
    }

    /** Whether the array, seen with the channels last, is one piece of memory that can be written to. */
    private static boolean isChannelsLast(NDArray array) {
        try (NDArray view = array.transpose(0, 2, 3, 1)) {
            ByteBuffer memory = view.toByteBuffer(true);
            float before = memory.getFloat(0);
            memory.putFloat(0, -12345);
            boolean isShared = array.getFloat(0, 0, 0, 0) == -12345;
            memory.putFloat(0, before);
            return isShared;
        }
    }
}
