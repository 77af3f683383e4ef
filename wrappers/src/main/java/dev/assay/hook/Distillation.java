package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.model.Outputs;
import dev.assay.training.Hook;
import dev.assay.training.Start;
import dev.assay.training.StepContext;

/**
 * Knowledge distillation (Hinton, Vinyals and Dean 2015): the loss becomes {@code (1 − weight) · loss + weight · T² · KL}, KL being the
 * divergence of the student's probabilities from the teacher's, both at temperature T, averaged over the batch; as
 * {@code torch.nn.functional.kl_div} with {@code reduction="batchmean"}. The factor T² keeps the two gradients in proportion.
 */
public final class Distillation implements Hook {
    private final DistillationConfig config;
    private final Teacher teacher;

    public Distillation(DistillationConfig config, Teacher teacher) {
        this.config = config;
        this.teacher = teacher;
    }

    @Override
    public String name() {
        return "distillation";
    }

    @Override
    public void begin(Start start) {
        teacher.begin(start);
    }

    @Override
    public Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
        NDArray taught = teacher.outputs(step, batch).get(config.output());
        NDArray divergence = divergence(outputs.get(config.output()), taught, config.temperature());
        double factor = config.weight() * config.temperature() * config.temperature();
        return outputs.withLoss(outputs.loss().mul(1 - config.weight()).add(divergence.mul(factor)));
    }

    static NDArray divergence(NDArray student, NDArray teacher, double temperature) {
        NDArray own = student.div(temperature).logSoftmax(1);
        NDArray taught = teacher.div(temperature).logSoftmax(1);
        return taught.exp().mul(taught.sub(own)).sum().div(student.getShape().get(0));
    }
}
