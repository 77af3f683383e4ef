package dev.assay.sink;

import java.time.InstantSource;

/** Where recorded values go besides the store: files in the trial's folder. */
public enum Sink {
    /** {@code metrics.jsonl}: an object a line, with name, step, epoch, seconds and value. */
    JSONL("metrics.jsonl"),
    /** {@code metrics.csv}, with the same columns. */
    CSV("metrics.csv"),
    /** {@code events.out.tfevents.*}, for TensorBoard; {@code val.accuracy} is shown as {@code val/accuracy}. */
    TENSORBOARD("events.out.tfevents.");

    private final String file;

    Sink(String file) {
        this.file = file;
    }

    /** What the names of its files begin with. */
    String file() {
        return file;
    }

    Format format(InstantSource clock) {
        return switch (this) {
            case JSONL -> new JsonLines();
            case CSV -> new CommaSeparated();
            case TENSORBOARD -> new EventFile(clock);
        };
    }
}
