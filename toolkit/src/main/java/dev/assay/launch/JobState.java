package dev.assay.launch;

/** How a submitted worker stands. */
public sealed interface JobState {

    /** Whether its process may do something yet or still. */
    default boolean isAlive() {
        return this instanceof Waiting || this instanceof Running;
    }

    /**
     * It was accepted and has not begun.
     *
     * @param reason what it waits for, as the backend tells it; empty where it does not
     */
    record Waiting(String reason) implements JobState {}

    /** It runs, or is frozen. */
    record Running() implements JobState {}

    /**
     * Its process has ended.
     *
     * @param status its exit code; that of one ended by a signal is 128 more than the signal's number
     * @param isMemoryShort whether the kernel ended it because memory ran out
     */
    record Ended(int status, boolean isMemoryShort) implements JobState {}

    /**
     * Nobody can tell what became of it, or it could not begin.
     *
     * @param cause for people: its machine is gone, the backend does not know it any more, there is no such image
     * @param isTransient whether another one may well do better
     */
    record Lost(String cause, boolean isTransient) implements JobState {}
}
