package dev.assay.run;

import dev.assay.artifact.Artifacts;
import dev.assay.config.RunConfig;
import dev.assay.store.Origin;
import dev.assay.store.TrialRecord;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A trial being run, as its {@link Trainable} sees it. May be used from any thread.
 *
 * @param <C> the run config
 */
public interface Trial<C extends RunConfig> {
    /** Content hash, 64 hex digits. */
    String hash();

    C config();

    /** The state of another trial that this one starts from, if any. */
    Optional<Origin> origin();

    /** Folder of this trial's own, existing and writable. */
    Path directory();

    /** The files of all trials of the store, to which those named by {@link dev.assay.store.Weights} belong. */
    Artifacts artifacts();

    /** What is known of another trial, by the beginning of its hash; empty if there is none or several. */
    default Optional<TrialRecord> other(String hashPrefix) {
        return Optional.empty();
    }

    /** The files of {@link #other} trials and of the {@link #origin}. */
    default Artifacts otherArtifacts() {
        return artifacts();
    }

    /** Cores this trial may use, at least 1. */
    int threads();

    /**
     * Says that the trial goes on from where an earlier attempt was, before anything is recorded: values of later steps are dropped. Without
     * this call all values of earlier attempts are.
     *
     * @param step optimizer steps done
     * @param seconds time the training had taken until then
     */
    void resume(long step, double seconds);

    /** Time the training has taken, in seconds, with that of earlier attempts as far as they count. */
    double seconds();

    /**
     * Records a value of a metric.
     *
     * @param name with partition, such as {@code val.accuracy}
     * @param step optimizer steps done
     * @param epoch passes over the training data done, fractions included
     */
    void record(String name, long step, double epoch, double value);

    /**
     * Has all that was recorded so far written to the store, and waits for that. To be called before the state of the trial is written down,
     * so that a trial which goes on from there misses nothing.
     *
     * @return whether it is written and the trial still this worker's; if not, the state must not be written down
     */
    boolean flush();

    /** Tells how far the trial is: {@code fraction} of 1 done. Cheap; may be called every step. */
    void progress(double fraction);

    /** Whether the trial should stop soon and return {@link Outcome.Interrupted}. Cheap; ask every step. */
    boolean isInterrupted();
}
