package dev.assay.training;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.config.Validated;
import org.immutables.value.Value;

/** How the engine is given the work of a step. */
@Doc("How the engine is given the work of a step.")
public sealed interface ExecutionConfig extends Validated {

    /** What numbers matrix products are computed in. */
    @Doc("What numbers matrix products are computed in; weights stay in float32.")
    @Value.Default
    default Precision precision() {
        return Precision.FLOAT32;
    }

    @Doc("Computes in bfloat16 even where the processor has no instructions for it, which is slow.")
    @Value.Default
    default boolean force() {
        return false;
    }

    /** Compiled where it can be, which the log tells with the reason if not. */
    @Config
    @Kind("auto")
    @Doc("Compiled where the model is a graph and nothing needs a phase of the step for itself.")
    non-sealed interface Auto extends ExecutionConfig {}

    /** Steps and evaluations are one call of the engine each; an error where they cannot be. */
    @Config
    @Kind("compiled")
    @Doc("Each step in one call of the engine; an error where that cannot be.")
    non-sealed interface Compiled extends ExecutionConfig {}

    /** Forward, backward and optimizer one after the other. */
    @Config
    @Kind("eager")
    @Doc("Forward, backward and optimizer one after the other.")
    non-sealed interface Eager extends ExecutionConfig {}
}
