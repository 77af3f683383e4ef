package dev.assay.run;

import dev.assay.error.AssayException;
import dev.assay.launch.JobState;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import dev.assay.store.Claim;
import dev.assay.store.Ending;
import dev.assay.store.Failure;
import dev.assay.store.FailureKind;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs the queued trials of an experiment in workers. A worker that dies costs the trial it had; another takes its place while there is work.
 * Workers that an earlier process has submitted and left behind are taken over. Not safe for use by several threads, but for {@link #stop}.
 */
public final class WorkerPool {
    private static final Duration POLL = Duration.ofMillis(100);
    /** Pauses are so many times as long as looking takes, which of ten thousand trials would otherwise occupy half a core. */
    private static final int PAUSE_FACTOR = 10;
    /** However long looking took once, whoever is silent or overdue must be noticed soon. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final int LOG_LINES = 20;
    /** So many workers of each may die between two trials before it is taken for more than chance. */
    private static final int STRAYS_A_WORKER = 3;

    private final TrialStore store;
    private final String experiment;
    private final Launcher launcher;
    private final Limits limits;
    private final List<String> alive = new CopyOnWriteArrayList<>();
    private final Map<String, Ending> killed = new HashMap<>();
    private final Map<String, Long> beginnings = new HashMap<>();
    private final String run = WorkerName.create();
    private final CountDownLatch finished = new CountDownLatch(1);
    private int started;
    private int strays;
    /** When nothing was queued and nothing ran any more; 0 before. */
    private long doneSince;

    private volatile long askedToStop;
    private volatile boolean stopping;

    /**
     * What the workers may use.
     *
     * @param workers at once
     * @param trialTime how long a worker may be at one trial; it fails if it takes longer
     */
    public record Limits(int workers, Optional<Duration> trialTime) {}

    /**
     * A pool of no workers yet.
     *
     * @param launcher starts workers of that experiment; the caller closes it
     */
    public WorkerPool(TrialStore store, String experiment, Launcher launcher, Limits limits) {
        this.store = store;
        this.experiment = experiment;
        this.launcher = launcher;
        this.limits = limits;
    }

    /**
     * Works until every trial of the experiment has ended, the first ones have all failed alike, or {@link #stop} was called.
     *
     * @param watcher told the trials as they stand, a few times a second
     * @return one of the trials that failed alike, if that is why it ended
     * @throws AssayException if no worker can be started
     */
    public Optional<TrialRecord> run(Consumer<List<TrialRecord>> watcher) {
        WatchedTrials watched = new WatchedTrials(store, experiment);
        AlikeFailures failures = new AlikeFailures();
        Optional<TrialRecord> example = Optional.empty();
        try {
            alive.addAll(launcher.list());
            boolean busy = true;
            while (busy) {
                long begin = System.nanoTime();
                reap();
                reclaim();
                List<TrialRecord> trials = watched.now();
                watcher.accept(trials);
                Optional<TrialRecord> found = failures.see(trials);
                if (found.isPresent()) {
                    example = found;
                    askToStop();
                }
                busy = keepGoing(trials);
                if (busy) {
                    pause(System.nanoTime() - begin);
                }
            }
            watcher.accept(watched.now());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            alive.forEach(launcher::cancel);
            finished.countDown();
        }
        return example;
    }

    /** Waits until it is time to look again, or a worker has ended. */
    private void pause(long looked) throws InterruptedException {
        long pause = Math.min(Math.max(POLL.toNanos(), PAUSE_FACTOR * looked), LONGEST_POLL.toNanos());
        launcher.await(Duration.ofNanos(pause));
    }

    /** Sees to it that there are workers for what is queued; returns whether anything is left to be done. */
    private boolean keepGoing(List<TrialRecord> trials) {
        if (stopping && System.nanoTime() - askedToStop > STOP_PATIENCE.toNanos()) {
            alive.forEach(launcher::cancel);
        }
        endOverdue(trials);
        buryForeign(trials);
        long queued = count(trials, TrialState.QUEUED);
        long wanted = Math.min(limits.workers() - alive.size(), queued - idle(trials));
        if (!stopping && wanted > 0) {
            start((int) wanted);
        }
        if (queued == 0) {
            dropWaiting();
        }
        boolean isDone = queued + count(trials, TrialState.RUNNING) == 0;
        if (isDone) {
            dropSilent();
        }
        return !alive.isEmpty() || (!stopping && !isDone);
    }

    /** Those that have not begun are not needed any more. */
    private void dropWaiting() {
        alive.stream()
                .filter(worker -> launcher.state(worker) instanceof JobState.Waiting)
                .forEach(worker -> {
                    killed.put(worker, Ending.without(TrialState.INTERRUPTED, "No worker was needed any more."));
                    launcher.cancel(worker);
                });
    }

    /** Workers end by themselves when all trials have; one that does not for so long is frozen, and has no lease that would tell. */
    private void dropSilent() {
        long now = System.nanoTime();
        doneSince = doneSince == 0 ? now : doneSince;
        if (now - doneSince > Worker.LEASE.toNanos()) {
            alive.forEach(worker -> {
                killed.put(worker, frozen(worker));
                launcher.cancel(worker);
            });
        }
    }

    /** Workers that are starting or between two trials, and so will take a queued one by themselves. */
    private long idle(List<TrialRecord> trials) {
        Set<String> names = Set.copyOf(alive);
        long busy = trials.stream()
                .flatMap(trial -> claim(trial).stream())
                .filter(claim -> names.contains(claim.worker()))
                .count();
        return alive.size() - busy;
    }

    private static Optional<Claim> claim(TrialRecord trial) {
        return trial.state() == TrialState.RUNNING ? trial.circumstances().claim() : Optional.empty();
    }

    private static long count(List<TrialRecord> trials, TrialState state) {
        return trials.stream().filter(trial -> trial.state() == state).count();
    }

    private void start(int workers) {
        List<String> names = IntStream.range(0, workers)
                .mapToObj(unused -> run + "-" + ++started)
                .toList();
        launcher.submit(names);
        alive.addAll(names);
    }

    /** Ends the trials of workers that have died. */
    private void reap() {
        for (String worker : List.copyOf(alive)) {
            JobState state = launcher.state(worker);
            if (!state.isAlive()) {
                alive.remove(worker);
                try {
                    reap(worker, state);
                } finally {
                    // Also where its end is the end of the run: nobody else would remove what is left of it.
                    launcher.cancel(worker);
                }
            }
        }
    }

    private void reap(String worker, JobState state) {
        boolean wasKilled = killed.containsKey(worker);
        Death death = Death.of(state);
        Ending ending = stopping
                ? Ending.without(TrialState.INTERRUPTED, "Stopped by the user.")
                : Objects.requireNonNullElseGet(
                        killed.remove(worker),
                        () -> Ending.failed(Failure.of(death.kind()), death.cause())
                                .withLastLog(lastLog(worker)));
        boolean hadTrial = store.endOrphan(worker, ending).isPresent();
        LifeSign.hasEnded(store.directory(), worker);
        boolean endedWell =
                state instanceof JobState.Ended ended && (ended.status() == 0 || ended.status() == WorkerJob.LEFT);
        if (!hadTrial && !wasKilled && !endedWell && !stopping) {
            endedIdle(worker, death);
        }
    }

    private String lastLog(String worker) {
        return launcher.logs(worker, LOG_LINES);
    }

    private void endedIdle(String worker, Death death) {
        boolean isStray = death.kind().isTransient() && ++strays <= STRAYS_A_WORKER * limits.workers();
        if (!isStray) {
            throw new AssayException("A worker ended before it began a trial: " + death.cause() + "\nIts last lines:\n"
                    + lastLog(worker).indent(2).stripTrailing());
        }
    }

    /** Gives back what silent workers had. Those of this pool are frozen, and must not touch the trial's files when they thaw. */
    private void reclaim() {
        List<String> silent = store.reclaimExpired();
        alive.stream().filter(silent::contains).forEach(worker -> {
            killed.put(worker, frozen(worker));
            launcher.cancel(worker);
        });
    }

    private Ending frozen(String worker) {
        return Ending.failed(Failure.of(FailureKind.LOST), "The worker (" + worker + ") gave no sign of life any more.")
                .withLastLog(lastLog(worker));
    }

    /** Ends workers that are at a trial for too long. */
    private void endOverdue(List<TrialRecord> trials) {
        limits.trialTime().ifPresent(most -> {
            for (TrialRecord trial : trials) {
                Optional<String> mine = claim(trial).map(Claim::worker).filter(alive::contains);
                long now = System.nanoTime();
                mine.filter(worker -> now - beginning(trial, now) > most.toNanos())
                        .ifPresent(worker -> end(worker, most));
            }
        });
    }

    private long beginning(TrialRecord trial, long now) {
        return beginnings.computeIfAbsent(trial.hash() + " " + trial.attempt(), attempt -> now);
    }

    private void end(String worker, Duration most) {
        String cause = "It took longer than the " + most.toMillis() / 1e3 + " s a trial may take.\n"
                + "Maybe --trial-timeout is too short, or the code never ends.";
        killed.put(
                worker, Ending.failed(Failure.of(FailureKind.TIMED_OUT), cause).withLastLog(lastLog(worker)));
        launcher.cancel(worker);
    }

    /** Gives back what workers of other runs on this machine had when they were killed together with their parents. */
    private void buryForeign(List<TrialRecord> trials) {
        for (TrialRecord trial : trials) {
            claim(trial)
                    .map(Claim::worker)
                    .filter(name -> !alive.contains(name) && LifeSign.hasEnded(store.directory(), name))
                    .ifPresent(name -> store.endOrphan(
                            name,
                            Ending.failed(
                                    Failure.of(FailureKind.KILLED),
                                    "The worker (" + name + ") died together with the command that had started it.")));
        }
    }

    /** Asks the workers to stop after the step they are at and waits until all have ended; from any thread. */
    public void stop() {
        askToStop();
        try {
            boolean unused = finished.await(2 * STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void askToStop() {
        askedToStop = System.nanoTime();
        stopping = true;
        alive.forEach(launcher::stop);
    }
}
