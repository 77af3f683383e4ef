package dev.assay.cli;

import dev.assay.launch.Backend;
import dev.assay.launch.ImmutableLocal;
import dev.assay.run.WorkerPool;
import java.time.Duration;
import java.util.Optional;

/**
 * What a run may use.
 *
 * @param backend where its workers run
 * @param workers at once
 * @param threads cores of each; empty for a share of all of this machine
 * @param trialTime how long one trial may take
 */
record Effort(Backend backend, int workers, Optional<Integer> threads, Optional<Duration> trialTime) {

    /** Workers on this machine. */
    static Effort of(int workers) {
        return new Effort(ImmutableLocal.builder().build(), workers, Optional.empty(), Optional.empty());
    }

    /**
     * Cores of each worker.
     *
     * @param all trials of the experiment
     */
    int threadsOfEach(int all) {
        // By all trials and not by those that are left: the last one is to have as many as the first, since its bits
        // depend on it.
        int share = Math.min(workers, all);
        return threads.orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / share));
    }

    /**
     * What the workers get.
     *
     * @param open trials that are to be trained
     */
    WorkerPool.Limits limits(int open) {
        return new WorkerPool.Limits(Math.min(workers, open), trialTime);
    }
}
