package dev.assay.launch;

import dev.assay.error.AssayException;
import java.time.Duration;
import java.util.List;

/**
 * Starts workers of one {@link WorkerJob} and tells what became of them. It places, limits and reports; which trial is tried how often is decided by the
 * store and whoever watches it. Workers are known by their names, which are unique among all that ever were. Used by one thread, but for
 * {@link #stop}.
 *
 * <p>Where workers outlive the process that submitted them, {@link #list} finds those of an earlier one.
 */
public interface Launcher extends AutoCloseable {

    /**
     * Starts workers, and returns when the backend has accepted them.
     *
     * @param workers their names
     * @throws AssayException if it refuses, with its reason; none of them then runs
     */
    void submit(List<String> workers);

    /** How one of them stands; as it stood, where the backend does not answer for a moment. */
    JobState state(String worker);

    /** The last lines of what it has printed, as far as they can be had. */
    String logs(String worker, int lines);

    /** Asks it to stop after the step it is at; from any thread. One that has ended is left as it is. */
    void stop(String worker);

    /** Ends it at once, even if it is frozen, and removes what is left of it. */
    void cancel(String worker);

    /** The workers of the experiment that were submitted here or by an earlier process and not {@link #cancel cancelled}, whether they live or have ended. */
    List<String> list();

    /** Waits until it is time to ask again: at most so long, less where it is known that a worker has ended. */
    default void await(Duration most) throws InterruptedException {
        Thread.sleep(most.toMillis());
    }

    /** Lets go of the backend; workers that outlive their submitter go on. */
    @Override
    void close();
}
