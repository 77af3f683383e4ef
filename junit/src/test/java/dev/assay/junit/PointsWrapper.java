package dev.assay.junit;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.assay.data.ArrayPartition;
import dev.assay.data.Datasets;
import dev.assay.data.Partition;
import dev.assay.data.Role;
import dev.assay.model.Dropout;
import dev.assay.model.Losses;
import dev.assay.model.Model;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.training.DataInfo;
import dev.assay.training.ModelWrapper;

/** Tells points on two sides of a line apart; nothing is wrong with it. */
class PointsWrapper extends ModelWrapper<PointsRun> {

    @Override
    protected Datasets createDatasets(PointsRun config, Seed seed) {
        return Datasets.training(points(20, 1)).with("val", Role.VALIDATE, points(8, 2));
    }

    static ArrayPartition points(int examples, long seed) {
        RandomStream random = new Seed(seed).stream("points");
        float[] x = new float[2 * examples];
        long[] label = new long[examples];
        for (int i = 0; i < examples; i++) {
            x[2 * i] = (float) random.nextGaussian();
            x[2 * i + 1] = (float) random.nextGaussian();
            label[i] = x[2 * i] > x[2 * i + 1] ? 1 : 0;
        }
        return ArrayPartition.builder()
                .floats("x", new Shape(2), x)
                .longs("label", new Shape(), label)
                .build();
    }

    /** For wrappers that put something else in the place of their training data. */
    static Datasets trainedOn(Partition train) {
        return Datasets.training(train).with("val", Role.VALIDATE, points(8, 2));
    }

    @Override
    protected Model createModel(PointsRun config, DataInfo info) {
        return Model.of(new SequentialBlock()
                        .add(Linear.builder().setUnits(8).build())
                        .add(new Dropout(0.1))
                        .add(Linear.builder().setUnits(2).build()))
                .input("x")
                .output("logits")
                .loss(Losses.crossEntropy("logits", "label"))
                .build();
    }
}
