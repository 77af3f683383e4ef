package dev.assay.run;

import dev.assay.launch.JobState;
import dev.assay.store.FailureKind;

/**
 * Why a worker's process ended in the middle of a trial.
 *
 * @param cause for people
 */
record Death(FailureKind kind, String cause) {
    private static final int FIRST_SIGNAL = 128;
    private static final int HEAP_EXHAUSTED = 3;
    private static final int KILL = 9;

    /** What it died of, by how it stands; of one that lives nothing is known. */
    static Death of(JobState state) {
        if (state instanceof JobState.Ended ended) {
            return of(ended.status(), ended.isMemoryShort());
        }
        return state instanceof JobState.Lost lost
                ? new Death(lost.isTransient() ? FailureKind.LOST : FailureKind.EXITED, lost.cause())
                : new Death(FailureKind.LOST, "Nothing is known of the worker.");
    }

    /**
     * Reads it from the exit status.
     *
     * @param wasMemoryShort whether the kernel has ended processes for want of memory meanwhile
     */
    static Death of(int status, boolean wasMemoryShort) {
        return switch (status) {
            case HEAP_EXHAUSTED -> new Death(FailureKind.HEAP_EXHAUSTED, "The worker ran out of Java heap memory.");
            case FIRST_SIGNAL + 6 ->
                new Death(FailureKind.NATIVE_CRASH, "The native engine aborted the worker (signal 6).");
            case FIRST_SIGNAL + 4, FIRST_SIGNAL + 7, FIRST_SIGNAL + 8, FIRST_SIGNAL + 11 ->
                new Death(
                        FailureKind.NATIVE_CRASH,
                        "The native engine crashed the worker (signal " + (status - FIRST_SIGNAL) + ").");
            case FIRST_SIGNAL + KILL -> killed(wasMemoryShort);
            default -> status > FIRST_SIGNAL ? signalled(status - FIRST_SIGNAL) : exited(status);
        };
    }

    private static Death killed(boolean wasMemoryShort) {
        return wasMemoryShort
                ? new Death(
                        FailureKind.OUT_OF_MEMORY,
                        "The kernel ended the worker (signal 9) because memory ran out.\n"
                                + "Maybe fewer --workers leave enough for each, or its container needs a larger limit.")
                : new Death(
                        FailureKind.KILLED,
                        "The worker was killed (signal 9).\nMaybe somebody ended it by hand, or a limit of its container did.");
    }

    private static Death signalled(int signal) {
        return new Death(FailureKind.KILLED, "The worker was ended from outside (signal " + signal + ").");
    }

    private static Death exited(int status) {
        return new Death(
                FailureKind.EXITED,
                "The worker ended itself with exit code " + status + " in the middle of a trial.\n"
                        + "Maybe the code under test calls System.exit.");
    }
}
