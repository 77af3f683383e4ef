package dev.assay.run;

import dev.assay.error.AssayException;
import dev.assay.store.Claim;
import dev.assay.store.Ending;
import dev.assay.store.Failure;
import dev.assay.store.FailureKind;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs the queued trials of an experiment in forked worker processes. A worker that dies costs the trial it had; another takes its place
 * while there is work. Not safe for use by several threads, but for {@link #stop}.
 */
public final class WorkerPool {
    private static final Duration POLL = Duration.ofMillis(100);
    /** Pauses are so many times as long as looking takes, which of ten thousand trials would otherwise occupy half a core. */
    private static final int PAUSE_FACTOR = 10;
    /** However long looking took once, whoever is silent or overdue must be noticed soon. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    /** So many workers of each may die between two trials before it is taken for more than chance. */
    private static final int STRAYS_A_WORKER = 3;

    private final TrialStore store;
    private final StoreAddress address;
    private final String mainClass;
    private final String experiment;
    private final Limits limits;
    private Optional<StoreAddress> others = Optional.empty();
    private final List<WorkerProcess> alive = new CopyOnWriteArrayList<>();
    private final Map<String, Ending> killed = new HashMap<>();
    private final Map<String, Long> beginnings = new HashMap<>();
    private final String run = WorkerName.create();
    /** Has a permit where a worker has ended that nobody has looked after yet. */
    private final Semaphore ends = new Semaphore(0);

    private final CountDownLatch finished = new CountDownLatch(1);
    /** Of the processes that the kernel has ended for want of memory, those before this run and those found to be its workers. */
    private long memoryKills = Memory.kills();

    private int started;
    private int strays;
    private volatile long askedToStop;
    private volatile boolean stopping;

    /**
     * What the workers may use.
     *
     * @param workers processes at once
     * @param threads cores of each
     * @param trialTime how long a worker may be at one trial; it fails if it takes longer
     */
    public record Limits(int workers, int threads, Optional<Duration> trialTime) {}

    /** @param mainClass the application's main class, which has the hidden command that workers are */
    public WorkerPool(TrialStore store, StoreAddress address, String mainClass, String experiment, Limits limits) {
        this.store = store;
        this.address = address;
        this.mainClass = mainClass;
        this.experiment = experiment;
        this.limits = limits;
    }

    /** Lets the trials start from those of another store, and not of their own. */
    public void see(StoreAddress store) {
        others = Optional.of(store);
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
            alive.forEach(WorkerProcess::kill);
            finished.countDown();
        }
        return example;
    }

    /** Waits until it is time to look again, or a worker has ended. */
    private void pause(long looked) throws InterruptedException {
        long pause = Math.min(Math.max(POLL.toNanos(), PAUSE_FACTOR * looked), LONGEST_POLL.toNanos());
        if (ends.tryAcquire(pause, TimeUnit.NANOSECONDS)) {
            ends.drainPermits();
        }
    }

    /** Sees to it that there are workers for what is queued; returns whether anything is left to be done. */
    private boolean keepGoing(List<TrialRecord> trials) {
        if (stopping && System.nanoTime() - askedToStop > STOP_PATIENCE.toNanos()) {
            alive.forEach(WorkerProcess::kill);
        }
        endOverdue(trials);
        buryForeign(trials);
        long queued = count(trials, TrialState.QUEUED);
        while (!stopping && alive.size() < limits.workers() && queued > idle(trials)) {
            start();
        }
        return !alive.isEmpty() || (!stopping && queued + count(trials, TrialState.RUNNING) > 0);
    }

    /** Workers that are starting or between two trials, and so will take a queued one by themselves. */
    private long idle(List<TrialRecord> trials) {
        Set<String> names = alive.stream().map(WorkerProcess::name).collect(Collectors.toSet());
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

    private void start() {
        String name = run + "-" + ++started;
        Path log = store.directory().resolve("logs").resolve("worker-" + name + ".log");
        try {
            Files.createDirectories(log.getParent());
            Process process = WorkerCommand.start(mainClass, address, others, experiment, name, limits.threads(), log);
            alive.add(new WorkerProcess(name, process, log));
            var unused = process.onExit().thenRun(ends::release);
        } catch (IOException e) {
            throw new AssayException("No worker can be started: " + e.getMessage(), e);
        }
    }

    /** Ends the trials of workers that have died. */
    private void reap() {
        List<WorkerProcess> dead =
                alive.stream().filter(worker -> !worker.isAlive()).toList();
        alive.removeAll(dead);
        for (WorkerProcess worker : dead) {
            boolean wasKilled = killed.containsKey(worker.name());
            Death death = death(worker);
            Ending ending = stopping
                    ? Ending.without(TrialState.INTERRUPTED, "Stopped by the user.")
                    : Objects.requireNonNullElseGet(killed.remove(worker.name()), () -> worker.ending(death));
            boolean hadTrial = store.endOrphan(worker.name(), ending).isPresent();
            LifeSign.hasEnded(store.directory(), worker.name());
            if (!hadTrial && !wasKilled && !worker.endedWell() && !stopping) {
                endedIdle(worker, death);
            }
        }
    }

    private Death death(WorkerProcess worker) {
        Death death = worker.death(Memory.kills() > memoryKills);
        memoryKills += death.kind() == FailureKind.OUT_OF_MEMORY ? 1 : 0;
        return death;
    }

    private void endedIdle(WorkerProcess worker, Death death) {
        boolean isStray = death.kind().isTransient() && ++strays <= STRAYS_A_WORKER * limits.workers();
        if (!isStray) {
            throw new AssayException("A worker ended before it began a trial: " + death.cause() + "\nIts last lines:\n"
                    + worker.lastLog().indent(2).stripTrailing());
        }
    }

    /** Gives back what silent workers had. Those of this pool are frozen, and must not touch the trial's files when they thaw. */
    private void reclaim() {
        List<String> silent = store.reclaimExpired();
        alive.stream().filter(worker -> silent.contains(worker.name())).forEach(worker -> {
            killed.put(worker.name(), worker.frozen());
            worker.kill();
        });
    }

    /** Ends workers that are at a trial for too long. */
    private void endOverdue(List<TrialRecord> trials) {
        limits.trialTime().ifPresent(most -> {
            for (TrialRecord trial : trials) {
                Optional<WorkerProcess> mine = claim(trial).flatMap(claim -> worker(claim.worker()));
                long now = System.nanoTime();
                mine.filter(worker -> now - beginning(trial, now) > most.toNanos())
                        .ifPresent(worker -> end(worker, most));
            }
        });
    }

    private Optional<WorkerProcess> worker(String name) {
        return alive.stream().filter(worker -> worker.name().equals(name)).findFirst();
    }

    private long beginning(TrialRecord trial, long now) {
        return beginnings.computeIfAbsent(trial.hash() + " " + trial.attempt(), attempt -> now);
    }

    private void end(WorkerProcess worker, Duration most) {
        String cause = "It took longer than the " + most.toMillis() / 1e3 + " s a trial may take.\n"
                + "Maybe --trial-timeout is too short, or the code never ends.";
        killed.put(
                worker.name(),
                Ending.failed(Failure.of(FailureKind.TIMED_OUT), cause).withLastLog(worker.lastLog()));
        worker.kill();
    }

    /** Gives back what workers of other runs on this machine had when they were killed together with their parents. */
    private void buryForeign(List<TrialRecord> trials) {
        for (TrialRecord trial : trials) {
            claim(trial)
                    .map(Claim::worker)
                    .filter(name -> worker(name).isEmpty() && LifeSign.hasEnded(store.directory(), name))
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
        alive.forEach(WorkerProcess::stop);
    }
}
