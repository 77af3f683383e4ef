package dev.assay.store;

/** What ended a trial that failed. */
public enum FailureKind {
    /** The trial's code threw an exception. */
    ERROR,
    /** The Java heap was too small. */
    HEAP_EXHAUSTED,
    /** The kernel ended the worker because memory ran out. */
    OUT_OF_MEMORY,
    /** The native engine aborted or crashed the worker. */
    NATIVE_CRASH,
    /** The code ended its own process. */
    EXITED,
    /** It ran longer than it was allowed to. */
    TIMED_OUT,
    /** The worker was ended from outside. */
    KILLED,
    /** The worker gave no sign of life any more. */
    LOST;

    /** Whether the next attempt may well go better although nothing was mended. */
    public boolean isTransient() {
        return switch (this) {
            case KILLED, LOST -> true;
            case ERROR, HEAP_EXHAUSTED, OUT_OF_MEMORY, NATIVE_CRASH, EXITED, TIMED_OUT -> false;
        };
    }
}
