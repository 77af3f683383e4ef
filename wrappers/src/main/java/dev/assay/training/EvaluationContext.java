package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Datasets;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.engine.NativeEngine;
import dev.assay.engine.Scope;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import dev.assay.random.Seed;
import dev.assay.run.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** An evaluation as {@link ModelWrapper#evaluate} and hooks see it: the model and the partitions. Nothing is recorded for gradients. */
public final class EvaluationContext {
    private final Model model;
    private final Datasets datasets;
    private final NDManager memory;
    private final Settings settings;
    private final Seed seed;
    private final long step;

    /**
     * What is the same for all evaluations of a training.
     *
     * @param batchSize examples in a batch
     * @param limit batches that are used of a partition
     * @param isInterrupted whether the trial should stop
     */
    record Settings(int batchSize, long limit, BooleanSupplier isInterrupted) {}

    EvaluationContext(Model model, Datasets datasets, NDManager memory, Settings settings, Seed seed, long step) {
        this.model = model;
        this.datasets = datasets;
        this.memory = memory;
        this.settings = settings;
        this.seed = seed;
        this.step = step;
    }

    public Model model() {
        return model;
    }

    /** Optimizer steps done. */
    public long step() {
        return step;
    }

    public Datasets datasets() {
        return datasets;
    }

    /**
     * Runs the model over an evaluated partition, every example once and in order, and hands over each batch with what the model made of it.
     * Arrays made meanwhile go with the batch.
     *
     * @throws dev.assay.error.AssayException if there is no such partition
     */
    public void forEachBatch(String partition, BiConsumer<Batch, Outputs> body) {
        datasets.evaluated(partition);
        forEachBatch(partition, mode(partition), body);
    }

    /** The same in a mode of choice, such as {@link Mode#MC_DROPOUT} or {@link Mode#GENERATE}. */
    public void forEachBatch(String partition, Mode mode, BiConsumer<Batch, Outputs> body) {
        run(datasets.evaluated(partition), Pass.evaluation(settings.batchSize()), mode, settings.limit(), body);
    }

    /**
     * Lets batch norm learn its statistics anew from batches of the training data; weights stay as they are. To be called where weights
     * were changed other than by training, such as by averaging.
     */
    public void refreshStatistics(long batches) {
        NativeEngine.seed(seed.stream("refresh", step).nextLong());
        Pass pass = Pass.training(settings.batchSize(), seed, step, true);
        run(datasets.train(), pass, Mode.REFRESH, batches, (batch, outputs) -> {});
    }

    private Mode mode(String partition) {
        return switch (Objects.requireNonNull(datasets.roles().get(partition))) {
            case VALIDATE -> Mode.VALIDATE;
            case TEST -> Mode.TEST;
        };
    }

    private void run(Partition partition, Pass pass, Mode mode, long limit, BiConsumer<Batch, Outputs> body) {
        List<NDArray> tensors = List.copyOf(model.tensors().values());
        try (BatchStream batches = partition.batches(pass)) {
            for (long i = 0; i < limit && batches.hasNext(); i++) {
                if (settings.isInterrupted().getAsBoolean()) {
                    throw new EndOfTraining(new Outcome.Interrupted());
                }
                try (Scope scope = Scope.open(memory, tensors)) {
                    Batch batch = batches.next(scope.manager());
                    body.accept(batch, model.forward(batch, mode));
                }
            }
        }
    }
}
