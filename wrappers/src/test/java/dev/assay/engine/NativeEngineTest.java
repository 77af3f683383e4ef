package dev.assay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.assay.error.AssayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeEngineTest {

    @Test
    void call_body_runsInAThreadOfItsOwnWithItsThreadsAndNoRecording() throws Exception {
        assertThat(NativeEngine.call(1, JniUtils::getNumThreads)).isEqualTo(1);
        assertThat(NativeEngine.call(2, JniUtils::getNumThreads)).isEqualTo(2);
        assertThat(NativeEngine.call(2, JniUtils::isGradMode)).isFalse();
        assertThat(NativeEngine.call(2, Thread::currentThread)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void call_bodyThrows_throwsThat() {
        IOException cause = new IOException("disk full");

        assertThatThrownBy(() -> NativeEngine.call(1, () -> {
                    throw cause;
                }))
                .isSameAs(cause);
    }

    @Test
    void refuseDynamicThreads_true_isRefused() {
        assertThatThrownBy(() -> NativeEngine.refuseDynamicThreads("TRUE"))
                .isInstanceOf(AssayException.class)
                .hasMessage(
                        "OMP_DYNAMIC is (TRUE) in the environment, with which the native engine crashes; it must be unset or"
                                + " false.");
        assertThatCode(() -> NativeEngine.refuseDynamicThreads(null)).doesNotThrowAnyException();
        assertThatCode(() -> NativeEngine.refuseDynamicThreads("false")).doesNotThrowAnyException();
    }

    @Test
    void version_always_namesBothParts() {
        assertThat(NativeEngine.version()).matches("djl \\d.*, libtorch \\d.*");
    }

    @Test
    void create_fourDimensions_isChannelsLastWithTheSameValues() throws Exception {
        Native.run(memory -> {
            NDArray plain = memory.arange(2f * 3 * 4 * 5).reshape(2, 3, 4, 5);
            NDArray last = Layout.create(memory, plain.toByteBuffer(), plain.getShape(), DataType.FLOAT32);

            assertThat(last).isEqualTo(plain);
            assertThat(isChannelsLast(last)).isTrue();
            assertThat(isChannelsLast(plain)).isFalse();
            assertThat(isChannelsLast(Layout.zerosLike(last, memory))).isTrue();
            assertThat(isChannelsLast(last.duplicate())).isTrue();
        });
    }

    @Test
    void assign_parameter_keepsArrayLayoutAndNeedForGradient() throws Exception {
        Native.run(memory -> {
            NDArray parameter = Layout.channelsLast(memory.zeros(new Shape(2, 3, 4, 5)), memory);
            parameter.setRequiresGradient(true);
            NDArray values = memory.arange(2f * 3 * 4 * 5).reshape(2, 3, 4, 5);

            Layout.assign(parameter, values.toByteBuffer());

            assertThat(parameter.toFloatArray()).containsExactly(values.toFloatArray());
            assertThat(parameter.hasGradient()).isTrue();
            assertThat(isChannelsLast(parameter)).isTrue();
        });
    }

    @Test
    void open_arraysLent_ownWhatIsDerivedFromThemOnlyForTheScope() throws Exception {
        Native.run(memory -> {
            NDArray parameter = memory.ones(new Shape(3));
            try (Scope scope = Scope.open(memory, List.of(parameter))) {
                parameter.add(1);
                assertThat(scope.manager().getManagedArrays()).hasSizeGreaterThan(0);
            }
            assertThat(parameter.getManager()).isSameAs(memory);
            assertThat(memory.getManagedArrays()).containsExactly(parameter);
        });
    }

    @Test
    void gradient_beforeAnyBackward_isEmpty() throws Exception {
        Native.run(memory -> {
            NDArray parameter = memory.ones(new Shape(3));
            parameter.setRequiresGradient(true);
            assertThat(Autograd.gradient(parameter, memory)).isEmpty();
        });
    }

    @Test
    void backward_twice_addsUpUntilZeroed() throws Exception {
        Native.run(memory -> {
            NDArray parameter = memory.create(new float[] {1, 2});
            parameter.setRequiresGradient(true);

            backward(parameter);
            backward(parameter);
            assertThat(gradient(parameter, memory)).containsExactly(4, 8);
            Autograd.zeroGradient(parameter);
            assertThat(gradient(parameter, memory)).containsExactly(0, 0);
        });
    }

    private static void backward(NDArray parameter) {
        Autograd.recording(() -> {
            Autograd.backward(parameter.square().sum());
            return true;
        });
    }

    private static float[] gradient(NDArray parameter, NDManager memory) {
        return Autograd.gradient(parameter, memory).orElseThrow().toFloatArray();
    }

    /** An array is channels-last if its (N, H, W, C) view is contiguous: then a direct buffer over that view is the array's own memory. */
    private static boolean isChannelsLast(NDArray array) {
        ByteBuffer memory = array.transpose(0, 2, 3, 1).toByteBuffer(true);
        float before = memory.getFloat(0);
        memory.putFloat(0, -12345);
        boolean isShared = array.getFloat(0, 0, 0, 0) == -12345;
        memory.putFloat(0, before);
        return isShared;
    }
}
