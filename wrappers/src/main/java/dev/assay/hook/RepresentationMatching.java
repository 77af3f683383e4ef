package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.model.Outputs;
import dev.assay.training.Hook;
import dev.assay.training.Start;
import dev.assay.training.StepContext;
import java.util.Map;

/**
 * Adds to the loss how unlike the representations of student and teacher are: {@code weight · (1 − similarity)} for each pair of outputs,
 * with a {@link Similarity} over the examples of the batch. Student and teacher may have different numbers of units.
 */
public final class RepresentationMatching implements Hook {
    private final RepresentationMatchingConfig config;
    private final Teacher teacher;

    public RepresentationMatching(RepresentationMatchingConfig config, Teacher teacher) {
        this.config = config;
        this.teacher = teacher;
    }

    @Override
    public String name() {
        return "representation-matching";
    }

    @Override
    public void begin(Start start) {
        teacher.begin(start);
    }

    @Override
    public Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
        Outputs taught = teacher.outputs(step, batch);
        Outputs result = outputs;
        for (Map.Entry<String, String> pair : config.outputs().entrySet()) {
            NDArray similarity = config.similarity().of(outputs.get(pair.getKey()), taught.get(pair.getValue()));
            result = result.plusLoss(similarity.neg().add(1).mul(config.weight()));
        }
        return result;
    }
}
