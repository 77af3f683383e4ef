package dev.assay.training;

import ai.djl.ndarray.NDManager;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.engine.Scope;
import dev.assay.error.AssayException;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** An evaluation as {@link ModelWrapper#evaluate} sees it: the model and the partitions. Nothing is recorded for gradients. */
public final class EvaluationContext {
    private final Model model;
    private final Map<String, Partition> partitions;
    private final NDManager memory;
    private final int batchSize;
    private final long step;

    EvaluationContext(Model model, Map<String, Partition> partitions, NDManager memory, int batchSize, long step) {
        this.model = model;
        this.partitions = new LinkedHashMap<>(partitions);
        this.memory = memory;
        this.batchSize = batchSize;
        this.step = step;
    }

    public Model model() {
        return model;
    }

    /** Optimizer steps done. */
    public long step() {
        return step;
    }

    /**
     * Runs the model over a partition, every example once and in order, and hands over each batch with what the model made of it. Arrays made
     * meanwhile go with the batch.
     *
     * @throws AssayException if there is no such partition
     */
    public void forEachBatch(String partition, BiConsumer<Batch, Outputs> body) {
        try (BatchStream batches = partition(partition).batches(Pass.evaluation(batchSize))) {
            while (batches.hasNext()) {
                try (Scope scope = Scope.open(memory, model.tensors().values())) {
                    Batch batch = batches.next(scope.manager());
                    body.accept(batch, model.forward(batch, Mode.EVALUATE));
                }
            }
        }
    }

    private Partition partition(String name) {
        Partition partition = partitions.get(name);
        if (partition == null) {
            throw new AssayException("There is no partition (" + name + "); there are " + partitions.keySet() + ".");
        }
        return partition;
    }
}
