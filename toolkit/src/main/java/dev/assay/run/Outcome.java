package dev.assay.run;

import dev.assay.store.Weights;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** How a trial ended when nothing went wrong with the program. */
public sealed interface Outcome {

    /**
     * Trained to its end.
     *
     * @param metrics final value of each metric by name, such as {@code val.accuracy}
     * @param weights the final tensors, if it has any
     * @param outputs files in the trial's folder with what the result makes of the data, by partition; empty unless they were asked for
     */
    record Completed(Map<String, Double> metrics, Optional<Weights> weights, Map<String, Path> outputs)
            implements Outcome {
        public Completed {
            metrics = Map.copyOf(metrics);
            outputs = Map.copyOf(outputs);
        }

        public Completed(Map<String, Double> metrics, Optional<Weights> weights) {
            this(metrics, weights, Map.of());
        }
    }

    /**
     * The numbers ceased to be finite.
     *
     * @param step the optimizer step at which it was seen
     * @param what which number, for people: {@code "train.loss is NaN"}
     */
    record Diverged(long step, String what) implements Outcome {}

    /** Asked to stop, and did. */
    record Interrupted() implements Outcome {}
}
