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
import java.util.List;

/**
 * Sharpness-aware minimization (Foret, Kleiner, Mobahi and Neyshabur 2021): after a gradient was computed, the parameters go a step of length
 * rho along it, the gradient is computed there in its place, and the parameters come back; so each step runs the model twice. It is for
 * steps of one batch whose loss is that of {@link StepContext#forward}. The second run goes through the hooks of the forward pass again, so
 * this is to be listed before those that replace a batch.
 */
public final class SharpnessAware implements Hook {
    private static final Key<Batch> BATCH = new Key<>("sharpness-aware", Batch.class);

    private final SharpnessAwareConfig config;

    public SharpnessAware(SharpnessAwareConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "sharpness-aware";
    }

    @Override
    public Batch preForward(StepContext step, Batch batch) {
        step.put(BATCH, batch);
        return batch;
    }

    @Override
    public void postBackward(StepContext step) {
        if (!step.isLastOfStep()) {
            throw new AssayException("Step " + step.number()
                    + " has several batches; sharpness-aware minimization needs train.accumulate to be 1.");
        }
        Batch batch = step.get(BATCH)
                .orElseThrow(
                        () -> new AssayException(
                                "Step " + step.number()
                                        + " computed a gradient without step.forward(batch), so it cannot be computed again elsewhere."));
        List<Runnable> back = ascend(step);
        step.zeroGradients();
        // Not the step's own backward, which would call the hooks for a gradient that is but the first in another
        // place.
        Autograd.backward(step.forward(batch).loss());
        step.change(() -> back.forEach(Runnable::run));
    }

    /** Moves the parameters along the gradient; what it returns takes them back. */
    private List<Runnable> ascend(StepContext step) {
        double squares = Autograd.notRecording(() -> step.gradients().values().stream()
                .mapToDouble(gradient -> gradient.square().sum().getFloat())
                .sum());
        double factor = config.rho() / (Math.sqrt(squares) + 1e-12);
        List<Runnable> back = new ArrayList<>();
        step.changeEach((parameter, gradient) -> {
            NDArray before = parameter.duplicate();
            back.add(() -> Layout.copy(before, parameter));
            parameter.addi(gradient.mul(factor));
        });
        return back;
    }
}
