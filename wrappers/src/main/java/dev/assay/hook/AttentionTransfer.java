package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import dev.assay.error.AssayException;

/**
 * Attention transfer (Zagoruyko and Komodakis 2017, "Paying more attention to attention"), based on activations: the map of an output is the
 * mean of its squares over the channels, scaled to length 1 for each example; added to the loss is the mean squared difference of the maps
 * of student and teacher. The means are those of the authors' program, to which the default weight of 1000 belongs; the paper has sums.
 */
public final class AttentionTransfer extends OutputMatching {
    private final AttentionTransferConfig config;

    public AttentionTransfer(AttentionTransferConfig config, Teacher teacher) {
        super(teacher, config.outputs());
        this.config = config;
    }

    @Override
    public String name() {
        return "attention-transfer";
    }

    @Override
    NDArray term(NDArray student, NDArray taught) {
        return distance(student, taught).mul(config.weight());
    }

    static NDArray distance(NDArray student, NDArray teacher) {
        NDArray own = map(student);
        NDArray taught = map(teacher);
        if (!own.getShape().equals(taught.getShape())) {
            throw new AssayException("The student's output has shape " + student.getShape() + ", the teacher's "
                    + teacher.getShape() + "; height and width must be the same.");
        }
        return own.sub(taught).square().mean();
    }

    private static NDArray map(NDArray output) {
        if (output.getShape().dimension() != 4) {
            throw new AssayException(
                    "An attention map needs an output of shape (N, C, H, W); this has " + output.getShape() + ".");
        }
        NDArray squares = output.square().mean(new int[] {1});
        return squares.reshape(squares.getShape().get(0), -1).normalize(2, 1, 1e-12);
    }
}
