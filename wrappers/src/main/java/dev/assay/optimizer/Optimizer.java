package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.error.AssayException;
import java.util.Map;

/**
 * Changes parameters by their gradients. It knows no schedule: the learning rate comes with each update. All it remembers between updates
 * is in {@link #state}. Parameters that come without a gradient are left alone. Not safe for use by several threads.
 */
public interface Optimizer {

    /**
     * An optimizer without any history.
     *
     * @param memory owns the arrays of its state; must outlive it
     * @throws AssayException if the values of the config do not fit together
     */
    static Optimizer of(OptimizerConfig config, NDManager memory) {
        return config.match(
                sgd -> new GradientDescent(sgd, memory),
                adam -> new AdaptiveMoments(AdaptiveMoments.Coefficients.of(adam), memory),
                adamW -> new AdaptiveMoments(AdaptiveMoments.Coefficients.of(adamW), memory));
    }

    /**
     * Makes one step. To be called with nothing recorded for gradients.
     *
     * @param parameters by name; changed in place
     * @param gradients by the same names; left as they are
     */
    void update(Map<String, NDArray> parameters, Map<String, NDArray> gradients, double learningRate);

    /** What it remembers, as arrays by name: {@code momentum/} and the like before the parameter's name. They are its own, no copies. */
    Map<String, NDArray> state();

    /** Takes over copies of another optimizer's {@link #state}, of the same config; its own history is dropped. */
    void restore(Map<String, NDArray> state);
}
