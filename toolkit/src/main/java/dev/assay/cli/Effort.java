package dev.assay.cli;

import dev.assay.run.WorkerPool;
import java.time.Duration;
import java.util.Optional;

/**
 * What a run may use.
 *
 * @param workers processes at once
 * @param threads cores of each; empty for a share of all
 * @param trialTime how long one trial may take
 */
record Effort(int workers, Optional<Integer> threads, Optional<Duration> trialTime) {

    static Effort of(int workers) {
        return new Effort(workers, Optional.empty(), Optional.empty());
    }

    /**
     * What the workers get.
     *
     * @param open trials that are to be trained
     * @param all trials of the experiment
     */
    WorkerPool.Limits limits(int open, int all) {
        // By all trials and not by those that are left: the last one is to have as many as the first, since its bits
        // depend on it.
        int share = Math.min(workers, all);
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / share);
        return new WorkerPool.Limits(Math.min(workers, open), threads.orElse(cores), trialTime);
    }
}
