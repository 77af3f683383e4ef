package dev.assay.store;

/** Where a trial stands. */
public enum TrialState {
    /** Asked for, not begun, or given back by a worker that died. */
    QUEUED,
    /** Leased by a worker. */
    RUNNING,
    /** Trained to its end; never trained again unless forced. */
    COMPLETED,
    /** Stopped because its numbers ceased to be finite. */
    DIVERGED,
    /** Stopped early by a search. */
    PRUNED,
    /** Ended by an error, with its cause. */
    FAILED,
    /** Stopped by the user; goes on when asked for again. */
    INTERRUPTED,
    /** Given up after its worker was lost too often. */
    ABANDONED;

    /** Whether a plan still has something to do for a trial in this state. */
    public boolean isOpen() {
        return switch (this) {
            case QUEUED, RUNNING, INTERRUPTED, FAILED, ABANDONED -> true;
            case COMPLETED, DIVERGED, PRUNED -> false;
        };
    }
}
