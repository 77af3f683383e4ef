package dev.assay.training;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.engine.Scalars;
import dev.assay.error.AssayException;
import dev.assay.metric.Metric;
import dev.assay.model.Outputs;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Something that is measured by an evaluation: the metrics it gives, the arrays it needs by name, from the model's outputs or the batch, and
 * how their values come about. {@link Measures} has the usual ones.
 */
public interface Measure {

    /** What it gives, by the names without partition. */
    List<Metric> metrics();

    /** Names of the arrays it needs. */
    List<String> arguments();

    /** Begins a pass over a partition. */
    Counting begin();

    /** One pass over a partition. */
    interface Counting {

        /**
         * Counts a batch.
         *
         * @param arguments arrays in the order of {@link Measure#arguments}; the first dimension is the example
         */
        void add(Batch batch, Outputs outputs, List<NDArray> arguments);

        /** The values so far, by the names without partition. */
        Map<String, Double> values();

        /** What is no number: rows of comma-separated values by name. */
        default Map<String, String> tables() {
            return Map.of();
        }
    }

    /** The same, left out where the model and the batches do not have what it needs. */
    default Measure whereThere() {
        return new Optional(this);
    }

    /** Whether what is needed is there; if not, it is left out. By default it must be. */
    default boolean isFor(Batch batch, Outputs outputs) {
        return true;
    }

    /**
     * The array of a name among the outputs or, if there is none, in the batch.
     *
     * @throws AssayException if there is none, with the names there are
     */
    static NDArray argument(String name, Batch batch, Outputs outputs) {
        if (outputs.names().contains(name)) {
            return outputs.get(name);
        }
        if (batch.names().contains(name)) {
            return batch.get(name);
        }
        throw new AssayException("There is no array (" + name + "); the model has outputs "
                + new TreeSet<>(outputs.names()) + " and the batch has " + new TreeSet<>(batch.names()) + ".");
    }

    /** The mean over examples of what a function finds for each batch. */
    static Measure mean(Metric metric, List<String> arguments, Function<List<NDArray>, NDArray> meanOfBatch) {
        return new Mean(metric, arguments, meanOfBatch);
    }

    /** See {@link #whereThere}. */
    record Optional(Measure measure) implements Measure {
        @Override
        public List<Metric> metrics() {
            return measure.metrics();
        }

        @Override
        public List<String> arguments() {
            return measure.arguments();
        }

        @Override
        public Counting begin() {
            return measure.begin();
        }

        @Override
        public boolean isFor(Batch batch, Outputs outputs) {
            return measure.isFor(batch, outputs)
                    && arguments().stream()
                            .allMatch(name -> outputs.names().contains(name)
                                    || batch.names().contains(name));
        }
    }

    /** See {@link #mean}. */
    record Mean(Metric metric, List<String> arguments, Function<List<NDArray>, NDArray> meanOfBatch)
            implements Measure {
        public Mean {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Metric> metrics() {
            return List.of(metric);
        }

        @Override
        public Counting begin() {
            Averages averages = new Averages();
            return new Counting() {
                @Override
                public void add(Batch batch, Outputs outputs, List<NDArray> arrays) {
                    averages.add(metric.name(), Scalars.value(meanOfBatch.apply(arrays)), batch.size());
                }

                @Override
                public Map<String, Double> values() {
                    return averages.means();
                }
            };
        }
    }
}
