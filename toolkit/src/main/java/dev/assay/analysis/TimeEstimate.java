package dev.assay.analysis;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long trials will take, going by the most similar ones that are done: those whose configs differ in the fewest values, where a number counts by
 * its ratio. Nothing is known of how time grows with a value, so a trial ten times as long as all before is expected to take as long as they did.
 *
 * @param work of one worker for all of the trials
 * @param from how many trials it goes by
 */
public record TimeEstimate(Duration work, int from) {

    /**
     * The estimate for some configs.
     *
     * @param known trials of the same wrapper, the latest first
     * @return empty where none of them is completed
     */
    public static Optional<TimeEstimate> of(List<ObjectNode> configs, List<TrialRecord> known) {
        Similar<Duration> done = Similar.of(known, TimeEstimate::took);
        if (done.isEmpty() || configs.isEmpty()) {
            return Optional.empty();
        }
        Duration work = configs.stream().map(config -> median(done.to(config))).reduce(Duration.ZERO, Duration::plus);
        return Optional.of(new TimeEstimate(work, done.used()));
    }

    /** How long it takes with some workers at once. */
    public Duration with(int workers) {
        return work.dividedBy(workers);
    }

    /** A trial that was begun more than once has no time that could be compared. */
    private static Optional<Duration> took(TrialRecord trial) {
        return trial.state() == TrialState.COMPLETED && trial.attempt() == 1
                ? trial.started().flatMap(start -> trial.ended().map(end -> Duration.between(start, end)))
                : Optional.empty();
    }

    private static Duration median(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
