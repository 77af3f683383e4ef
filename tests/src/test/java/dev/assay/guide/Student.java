package dev.assay.guide;

import dev.assay.data.Datasets;
import dev.assay.examples.cifar10.data.CifarDatasets;
import dev.assay.hook.Distillation;
import dev.assay.hook.ExponentialAverage;
import dev.assay.hook.NoiseMixing;
import dev.assay.hook.Teacher;
import dev.assay.model.Model;
import dev.assay.random.Seed;
import dev.assay.training.DataInfo;
import dev.assay.training.Hook;
import dev.assay.training.ModelWrapper;
import java.util.ArrayList;
import java.util.List;

/** A classifier with the hooks its config asks for. */
final class Student extends ModelWrapper<StudentRun> {

    @Override
    protected Datasets createDatasets(StudentRun config, Seed seed) {
        return CifarDatasets.load(config.data());
    }

    @Override
    protected Model createModel(StudentRun config, DataInfo info) {
        return config.model().graph(info.classes().size(), 0).toModel();
    }

    @Override
    protected List<Hook> hooks(StudentRun config) {
        List<Hook> hooks = new ArrayList<>();
        config.train().noise().map(NoiseMixing::new).ifPresent(hooks::add);
        config.train()
                .distillation()
                .map(settings -> new Distillation(
                        settings, Teacher.ofTrial(settings.teacher(), StudentRun.class, this::createModel)))
                .ifPresent(hooks::add);
        config.train().average().map(ExponentialAverage::new).ifPresent(hooks::add);
        hooks.add(new EasyPasses(0.05));
        return hooks;
    }
}
