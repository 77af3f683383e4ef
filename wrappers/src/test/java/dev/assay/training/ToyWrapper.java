package dev.assay.training;

import ai.djl.ndarray.types.Shape;
import dev.assay.data.Datasets;
import dev.assay.data.Role;
import dev.assay.model.Losses;
import dev.assay.model.Model;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.random.Seed;

/** A small perceptron on noise around three centres. */
public class ToyWrapper extends ModelWrapper<ToyRun> {
    public static final Shape SHAPE = new Shape(6);

    @Override
    protected Datasets createDatasets(ToyRun config, Seed seed) {
        return Datasets.training(MemoryPartition.clusters(100, SHAPE, 3, 1))
                .with("val", Role.VALIDATE, MemoryPartition.clusters(50, SHAPE, 3, 2));
    }

    @Override
    protected Model createModel(ToyRun config, DataInfo info) {
        return Model.of(Networks.perceptron(info.classes().size()))
                .input("image")
                .output("logits")
                .loss(Losses.crossEntropy("logits", "label"))
                .build();
    }

    /** Five epochs of ten steps. */
    public static ImmutableToyTraining fiveEpochs() {
        return ImmutableToyTraining.builder()
                .epochs(5)
                .batchSize(10)
                .optimizer(ImmutableSgd.builder().lr(0.1).momentum(0.9).build())
                .build();
    }
}
