package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.List;
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
     */
    static Optimizer of(OptimizerConfig config, NDManager memory) {
        return new DefaultOptimizer(config, memory);
    }

    /**
     * Makes one step. To be called with nothing recorded for gradients. Nothing but the state stays in memory.
     *
     * @param parameters by name; changed in place
     * @param gradients by the same names; left as they are
     * @param learningRate of this step, for parameters in no group with a rate of its own; those have theirs, changed by the same factor
     * @throws dev.assay.error.AssayException in the first update, if a group of the config matches none of the parameters
     */
    void update(Map<String, NDArray> parameters, Map<String, NDArray> gradients, double learningRate);

    /**
     * The arithmetic as a method of TorchScript with the arguments {@code (p, d, s, f)}, for steps that are compiled: parameters, their gradients, and
     * what {@link #arguments} gives. It is what {@link #update} runs.
     */
    Code code(String method);

    /**
     * A method and the length of its arguments.
     *
     * @param arrays that are remembered of a parameter
     * @param factors for a parameter
     */
    record Code(String text, int arrays, int factors) {}

    /**
     * What {@link #code} needs for the next update, which is counted as made.
     *
     * @param parameters by name
     * @param names of those that change
     * @param learningRate as for {@link #update}
     */
    Arguments arguments(Map<String, NDArray> parameters, Collection<String> names, double learningRate);

    /**
     * Arguments of an update.
     *
     * @param remembered arrays of the optimizer's own, changed by the update
     * @param factors numbers that depend on rate and step
     */
    record Arguments(List<NDArray> remembered, List<Double> factors) {}

    /**
     * What it remembers, as arrays by name: {@code mean/} and the like before the parameter's name. They are its own, no copies: they change
     * with the next update, and counts of steps are as of this call.
     */
    Map<String, NDArray> state();

    /** Takes over copies of another optimizer's {@link #state}, of the same config; its own history is dropped. */
    void restore(Map<String, NDArray> state);
}
