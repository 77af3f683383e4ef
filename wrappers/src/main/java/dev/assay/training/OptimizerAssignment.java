package dev.assay.training;

import dev.assay.optimizer.OptimizerConfig;

/**
 * Which optimizer changes which parameters.
 *
 * @param name of the optimizer, for {@link StepContext#update(String)}
 * @param parameters pattern over parameter names, such as {@code generator.*}; see {@link dev.assay.model.NamePattern}
 * @param config of the optimizer
 */
public record OptimizerAssignment(String name, String parameters, OptimizerConfig config) {

    /** One optimizer, called {@code main}, for all parameters. */
    public static OptimizerAssignment all(OptimizerConfig config) {
        return new OptimizerAssignment("main", "*", config);
    }
}
