package dev.assay.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.assay.error.AssayException;
import org.jspecify.annotations.Nullable;

/**
 * Sets each value to zero with a probability, and scales the others up so that their expectation stays (Srivastava and others 2014);
 * {@code torch.nn.Dropout}. Unlike DJL's block of that name it knows all of {@link Mode}. Its random numbers are the engine's, which the
 * training loop seeds for every step.
 */
public final class Dropout extends AbstractBlock {
    private final float rate;

    /** @throws AssayException if the rate is not in [0, 1) */
    public Dropout(double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new AssayException("The rate (" + rate
                    + ") of dropout must be at least 0 and less than 1.\nMaybe it was given in percent.");
        }
        this.rate = (float) rate;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
        boolean isDropping = CurrentMode.or(training).isDropping();
        return ai.djl.nn.norm.Dropout.dropout(inputs.singletonOrThrow(), rate, isDropping);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }
}
