package dev.assay.run;

import dev.assay.error.AssayException;
import dev.assay.store.Ending;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the queued trials of an experiment in forked worker processes. A worker that dies costs the trial it had; another takes its place
 * while there is work. Not safe for use by several threads, but for {@link #stop}.
 */
public final class WorkerPool {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final TrialStore store;
    private final StoreAddress address;
    private final String mainClass;
    private final String experiment;
    private final int workers;
    private final int threads;
    private final List<WorkerProcess> alive = new CopyOnWriteArrayList<>();
    private final String run =
            Long.toString(ProcessHandle.current().pid()) + "-" + Long.toString(System.nanoTime(), 36);
    private final CountDownLatch finished = new CountDownLatch(1);
    private int started;
    private volatile boolean stopping;

    /**
     * @param mainClass the application's main class, which has the hidden command that workers are
     * @param workers processes at once
     * @param threads cores of each
     */
    public WorkerPool(
            TrialStore store, StoreAddress address, String mainClass, String experiment, int workers, int threads) {
        this.store = store;
        this.address = address;
        this.mainClass = mainClass;
        this.experiment = experiment;
        this.workers = workers;
        this.threads = threads;
    }

    /**
     * Works until every trial of the experiment has ended or {@link #stop} was called.
     *
     * @param watcher told the trials as they stand, a few times a second
     * @throws AssayException if no worker can be started
     */
    public void run(Consumer<List<TrialRecord>> watcher) {
        try {
            boolean busy = true;
            while (busy) {
                reap();
                store.reclaimExpired();
                List<TrialRecord> trials = store.trialsOf(experiment);
                watcher.accept(trials);
                long queued = count(trials, TrialState.QUEUED);
                while (!stopping
                        && alive.size() < workers
                        && alive.size() < queued + count(trials, TrialState.RUNNING)
                        && queued > idle(trials)) {
                    start();
                }
                busy = !alive.isEmpty() || (!stopping && queued + count(trials, TrialState.RUNNING) > 0);
                Thread.sleep(POLL.toMillis());
            }
            watcher.accept(store.trialsOf(experiment));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            alive.forEach(WorkerProcess::kill);
            finished.countDown();
        }
    }

    /** Workers that are starting or between two trials, and so will take a queued one by themselves. */
    private long idle(List<TrialRecord> trials) {
        return alive.size() - Math.min(alive.size(), count(trials, TrialState.RUNNING));
    }

    private static long count(List<TrialRecord> trials, TrialState state) {
        return trials.stream().filter(trial -> trial.state() == state).count();
    }

    private void start() {
        String name = run + "-" + ++started;
        Path log = store.directory().resolve("logs").resolve("worker-" + name + ".log");
        try {
            Files.createDirectories(log.getParent());
            Process process = WorkerCommand.start(mainClass, address, experiment, name, threads, log);
            alive.add(new WorkerProcess(name, process, log));
        } catch (IOException e) {
            throw new AssayException("No worker can be started: " + e.getMessage(), e);
        }
    }

    private void reap() {
        List<WorkerProcess> dead =
                alive.stream().filter(worker -> !worker.isAlive()).toList();
        alive.removeAll(dead);
        for (WorkerProcess worker : dead) {
            Ending ending = stopping
                    ? Ending.without(TrialState.INTERRUPTED, "Stopped by the user.")
                    : Ending.failed(worker.failure(), worker.cause()).withLastLog(worker.lastLog());
            boolean hadTrial = store.endOrphan(worker.name(), ending).isPresent();
            if (!hadTrial && !worker.endedWell() && !stopping) {
                throw new AssayException("A worker ended before it began a trial: " + worker.cause()
                        + "\nIts last lines:\n" + worker.lastLog().indent(2).stripTrailing());
            }
        }
    }

    /** Asks the workers to stop after the step they are at and waits until all have ended; from any thread. */
    public void stop() {
        stopping = true;
        alive.forEach(WorkerProcess::stop);
        try {
            if (!finished.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                alive.forEach(WorkerProcess::kill);
                finished.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
