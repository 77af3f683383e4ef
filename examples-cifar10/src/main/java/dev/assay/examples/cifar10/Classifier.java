package dev.assay.examples.cifar10;

import dev.assay.data.Datasets;
import dev.assay.examples.cifar10.data.CifarDatasets;
import dev.assay.model.Model;
import dev.assay.random.Seed;
import dev.assay.training.DataInfo;
import dev.assay.training.ModelWrapper;

/** Learns to name what a picture shows. Everything but data and model is as {@link ModelWrapper} does it. */
public final class Classifier extends ModelWrapper<ClassifierRun> {

    @Override
    public void prepare(ClassifierRun config) {
        CifarDatasets.prepare(config.data());
    }

    @Override
    protected Datasets createDatasets(ClassifierRun config, Seed seed) {
        return CifarDatasets.load(config.data());
    }

    @Override
    protected Model createModel(ClassifierRun config, DataInfo info) {
        return config.model()
                .graph(info.classes().size(), config.train().labelSmoothing())
                .toModel();
    }
}
