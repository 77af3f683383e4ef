package dev.assay.training;

/** Where recorded values go besides the store: files in the trial's folder. */
public enum Sink {
    /** {@code metrics.jsonl}: an object a line, with name, step, epoch, seconds and value. */
    JSONL,
    /** {@code metrics.csv}, with the same columns. */
    CSV,
    /** {@code events.out.tfevents.*}, for TensorBoard. */
    TENSORBOARD
}
