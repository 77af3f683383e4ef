package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.Layout;
import dev.assay.error.AssayException;
import dev.assay.training.Hook;
import dev.assay.training.Key;
import dev.assay.training.StepContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sharpness-aware minimization (Foret, Kleiner, Mobahi and Neyshabur 2021): after a gradient was computed, the parameters go a step of length
 * rho along it, the gradient is computed there in its place, and the parameters come back; so each step runs the model twice. In a step of
 * several batches each goes along its own gradient, which is the paper's m-sharpness with m the size of a batch. It is for steps whose loss
 * is that of {@link StepContext#forward}. The second run goes through the hooks of the forward pass again, so this is to be listed before
 * those that replace a batch.
 */
public final class SharpnessAware implements Hook {
    private static final Key<Run> RUN = new Key<>("sharpness-aware", Run.class);

    private final SharpnessAwareConfig config;

    /** What the model was last run on, and the gradients of earlier batches of the step, by the parameter's name. */
    private record Run(Batch batch, Map<String, NDArray> earlier) {}

    public SharpnessAware(SharpnessAwareConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "sharpness-aware";
    }

    @Override
    public Batch preForward(StepContext step, Batch batch) {
        Map<String, NDArray> earlier = new LinkedHashMap<>();
        Autograd.notRecording(() -> {
            step.gradients().forEach((name, gradient) -> earlier.put(name, gradient.duplicate()));
            return true;
        });
        step.put(RUN, new Run(batch, earlier));
        return batch;
    }

    @Override
    public void postBackward(StepContext step) {
        Run run = step.get(RUN)
                .orElseThrow(
                        () -> new AssayException(
                                "Step " + step.number()
                                        + " computed a gradient without step.forward(batch), so it cannot be computed again elsewhere."));
        List<Runnable> back = ascend(step, run.earlier());
        step.zeroGradients();
        // Not the step's own backward, which would call the hooks for a gradient that is but the first in another
        // place.
        Autograd.backward(step.forward(run.batch()).loss().mul(step.share()));
        step.change(() -> back.forEach(Runnable::run));
        Autograd.notRecording(() -> {
            step.gradients().forEach((name, gradient) -> add(run.earlier().get(name), gradient));
            return true;
        });
    }

    private static void add(@Nullable NDArray earlier, NDArray gradient) {
        if (earlier != null) {
            gradient.addi(earlier);
        }
    }

    /** Moves the parameters along the gradient of this batch; what it returns takes them back. */
    private List<Runnable> ascend(StepContext step, Map<String, NDArray> earlier) {
        List<Runnable> back = new ArrayList<>();
        step.change(() -> {
            Map<String, NDArray> own = own(step, earlier);
            double squares = own.values().stream()
                    .mapToDouble(gradient -> gradient.square().sum().getFloat())
                    .sum();
            double factor = config.rho() / (Math.sqrt(squares) + 1e-12);
            own.forEach((name, gradient) -> {
                NDArray parameter = Objects.requireNonNull(step.parameters().get(name));
                NDArray before = parameter.duplicate();
                back.add(() -> Layout.copy(before, parameter));
                parameter.addi(gradient.mul(factor));
            });
        });
        return back;
    }

    /** The gradients without those of earlier batches of the step. */
    private static Map<String, NDArray> own(StepContext step, Map<String, NDArray> earlier) {
        Map<String, NDArray> own = new LinkedHashMap<>();
        step.gradients().forEach((name, gradient) -> {
            NDArray before = earlier.get(name);
            own.put(name, before == null ? gradient : gradient.sub(before));
        });
        return own;
    }
}
