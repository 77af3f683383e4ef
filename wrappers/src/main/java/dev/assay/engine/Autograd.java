package dev.assay.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Recording of operations and gradients, by thread. This replaces DJL's gradient collector, of which there can be one a process. Gradients
 * accumulate on their parameter until they are set to zero.
 */
public final class Autograd {
    private Autograd() {}

    /** What {@code body} returns, with operations recorded for gradients meanwhile. */
    public static <T> T recording(Supplier<T> body) {
        return within(true, body);
    }

    /** What {@code body} returns, with nothing recorded meanwhile, so that parameters may be changed in place. */
    public static <T> T notRecording(Supplier<T> body) {
        return within(false, body);
    }

    /** Adds the gradients of a scalar to those of all parameters it was computed from; what was recorded for it is freed. */
    public static void backward(NDArray loss) {
        try (NDArray one = loss.onesLike()) {
            JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
        }
    }

    /** The accumulated gradient of a parameter, itself and no copy; empty if nothing was ever computed from it. */
    public static Optional<NDArray> gradient(NDArray parameter, NDManager owner) {
        PtNDArray gradient = JniUtils.getGradient((PtNDArray) parameter);
        if (gradient == null) {
            return Optional.empty();
        }
        gradient.attach(owner);
        return Optional.of(gradient);
    }

    /** Gives a parameter a gradient of zero, whether it had one or not. */
    public static void beginGradient(NDArray parameter) {
        try (NDArray sum = recording(parameter::sum)) {
            backward(sum);
        }
        zeroGradient(parameter);
    }

    /** Sets the gradient of a parameter to zero. */
    public static void zeroGradient(NDArray parameter) {
        JniUtils.zeroGrad((PtNDArray) parameter);
    }

    private static <T> T within(boolean recording, Supplier<T> body) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(recording);
        try {
            return body.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }
}
