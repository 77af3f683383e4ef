package dev.assay.schedule;

/**
 * What is done of a training.
 *
 * @param step optimizer steps done
 * @param epoch passes over the training data done
 * @param evaluations done
 */
public record Progress(long step, long epoch, long evaluations) {

    /** The progress since a part was over. */
    Progress since(Span part) {
        return new Progress(
                Math.max(0, step - part.steps()),
                Math.max(0, epoch - part.epochs()),
                Math.max(0, evaluations - part.evaluations()));
    }
}
