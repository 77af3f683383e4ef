package dev.assay.model;

/** What a model is run for. Dropout and batch norm of this package obey it; see {@link Dropout} and {@link BatchNorm}. */
public enum Mode {
    /** Dropout is active, batch norm uses the batch and updates its statistics, operations are recorded for gradients. */
    TRAIN(true, true, true),
    /** For choices during training: nothing random, nothing changed, nothing recorded. */
    VALIDATE(false, false, false),
    /** For the figures at the end; as {@link #VALIDATE}. */
    TEST(false, false, false),
    /** Batch norm updates its statistics from the batch; weights are left alone, and nothing is random or recorded. */
    REFRESH(false, false, true),
    /** The model makes new examples; as {@link #VALIDATE}, for models with a block that does something else then, by {@link #current}. */
    GENERATE(false, false, false),
    /** Dropout is active, everything else as in {@link #TEST} (Gal and Ghahramani 2016): each run is a sample. */
    MC_DROPOUT(false, true, false);

    private final boolean recording;
    private final boolean dropping;
    private final boolean updatingStatistics;

    Mode(boolean recording, boolean dropping, boolean updatingStatistics) {
        this.recording = recording;
        this.dropping = dropping;
        this.updatingStatistics = updatingStatistics;
    }

    /**
     * The mode in which this thread runs a model, for blocks that do something else in some of them.
     *
     * @param training what DJL has told the block, which holds where it is run without a {@link Model}
     */
    public static Mode current(boolean training) {
        return CurrentMode.or(training);
    }

    /** Whether operations are recorded for gradients. */
    public boolean isRecording() {
        return recording;
    }

    /** Whether dropout drops. */
    public boolean isDropping() {
        return dropping;
    }

    /** Whether batch norm normalises by the batch and learns from it, instead of using what it has learned. */
    public boolean isUpdatingStatistics() {
        return updatingStatistics;
    }
}
