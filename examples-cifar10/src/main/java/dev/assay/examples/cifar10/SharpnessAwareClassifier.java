package dev.assay.examples.cifar10;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.data.Datasets;
import dev.assay.engine.Layout;
import dev.assay.examples.cifar10.data.CifarDatasets;
import dev.assay.model.Model;
import dev.assay.random.Seed;
import dev.assay.training.DataInfo;
import dev.assay.training.ModelWrapper;
import dev.assay.training.StepContext;
import dev.assay.training.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A classifier with a training step of its own: sharpness-aware minimization (Foret, Kleiner, Mobahi and Neyshabur 2021). The gradient is
 * taken where the loss is highest nearby, and followed from where the weights are.
 */
public final class SharpnessAwareClassifier extends ModelWrapper<SharpnessAwareRun> {
    private double rho;

    @Override
    public void prepare(SharpnessAwareRun config) {
        CifarDatasets.prepare(config.data());
    }

    @Override
    protected Datasets createDatasets(SharpnessAwareRun config, Seed seed) {
        return CifarDatasets.load(config.data());
    }

    @Override
    protected Model createModel(SharpnessAwareRun config, DataInfo info) {
        rho = config.train().rho();
        return config.model().graph(info.classes().size(), 0).toModel();
    }

    @Override
    protected StepResult trainStep(StepContext step, Batch batch) {
        NDArray loss = step.forward(batch).loss();
        step.backward(loss);
        List<Runnable> back = ascend(step);

        step.zeroGradients();
        step.backward(step.forward(batch).loss());
        step.change(() -> back.forEach(Runnable::run));
        step.update();
        step.zeroGradients();
        return StepResult.manual(Map.of("loss", (double) loss.getFloat()));
    }

    /** Moves the parameters a step of length rho along the gradient; what it returns takes them back. */
    private List<Runnable> ascend(StepContext step) {
        double squares = step.gradients().values().stream()
                .mapToDouble(gradient -> gradient.square().sum().getFloat())
                .sum();
        double factor = rho / (Math.sqrt(squares) + 1e-12);
        List<Runnable> back = new ArrayList<>();
        step.changeEach((parameter, gradient) -> {
            NDArray before = parameter.duplicate();
            back.add(() -> Layout.copy(before, parameter));
            parameter.addi(gradient.mul(factor));
        });
        return back;
    }
}
