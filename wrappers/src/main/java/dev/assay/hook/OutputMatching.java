package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.model.Outputs;
import dev.assay.training.Hook;
import dev.assay.training.Start;
import dev.assay.training.StepContext;
import java.util.Map;

/** Adds to the loss how far outputs of a student are from those of its teacher. */
abstract sealed class OutputMatching implements Hook permits AttentionTransfer, RepresentationMatching {
    private final Teacher teacher;
    private final Map<String, String> outputs;

    /** @param outputs names of outputs of the student, each with that of the teacher's output it is to be like */
    OutputMatching(Teacher teacher, Map<String, String> outputs) {
        this.teacher = teacher;
        this.outputs = outputs;
    }

    /** What one pair of outputs adds to the loss. */
    abstract NDArray term(NDArray student, NDArray taught);

    @Override
    public final void begin(Start start) {
        teacher.begin(start);
    }

    @Override
    public final Outputs postForward(StepContext step, Batch batch, Outputs given) {
        Outputs taught = teacher.outputs(step, batch);
        Outputs result = given;
        for (Map.Entry<String, String> pair : outputs.entrySet()) {
            result = result.plusLoss(term(given.get(pair.getKey()), taught.get(pair.getValue())));
        }
        return result;
    }
}
