package dev.assay.run;

import dev.assay.artifact.Artifacts;
import dev.assay.config.RunConfig;
import dev.assay.store.Lease;
import dev.assay.store.LeaseStatus;
import dev.assay.store.MetricPoint;
import dev.assay.store.Origin;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trial under a lease: gathers what it records, and writes that with a sign of life at every heartbeat. When the lease turns out to be
 * lost, the trial is told to stop.
 */
final class LeasedTrial<C extends RunConfig> implements Trial<C>, AutoCloseable {
    /** A worker gives a sign of life at least this often, unless the machine is too busy. */
    static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** A worker that is silent for two heartbeats is taken for lost. */
    static final Duration LEASE = HEARTBEAT.multipliedBy(2);

    /** How often what was recorded is written. */
    private static final Duration WRITE = Duration.ofMillis(500);

    /** How often a worker that has nothing to write asks whether its trial was cancelled; far within a heartbeat, since machines stall. */
    private static final Duration ASK = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(LeasedTrial.class);

    private final TrialStore store;
    private final Optional<OtherTrials> others;
    private final Lease lease;
    private final C config;
    private final int threads;
    private final Path directory;
    private final BooleanSupplier stop;
    private final long begin = System.nanoTime();
    private volatile long lastSign = begin;
    private volatile double secondsBefore;
    private volatile long resumedAt = -1;
    private boolean isRewound;
    private final ScheduledExecutorService heart;

    private List<MetricPoint> unwritten = new ArrayList<>();
    private volatile double progress;
    private volatile boolean lost;
    private volatile boolean cancelled;

    /** @param others where the trials are that it may start from, if not in its own store */
    LeasedTrial(
            TrialStore store,
            Optional<OtherTrials> others,
            Lease lease,
            C config,
            int threads,
            Path directory,
            BooleanSupplier stop) {
        this.store = store;
        this.others = others;
        this.lease = lease;
        this.config = config;
        this.threads = threads;
        this.directory = directory;
        this.stop = stop;
        this.heart = Executors.newSingleThreadScheduledExecutor(body -> {
            Thread thread = new Thread(body, "heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        var unused =
                heart.scheduleWithFixedDelay(this::beat, WRITE.toMillis(), WRITE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String hash() {
        return lease.trial().hash();
    }

    @Override
    public C config() {
        return config;
    }

    @Override
    public Optional<Origin> origin() {
        return lease.trial().origin();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Artifacts artifacts() {
        return store.artifacts();
    }

    @Override
    public Optional<TrialRecord> other(String hashPrefix) {
        if (others.isPresent()) {
            return others.get().find(hashPrefix);
        }
        List<TrialRecord> found = store.withPrefix(hashPrefix);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    @Override
    public Artifacts otherArtifacts() {
        return others.map(OtherTrials::artifacts).orElseGet(this::artifacts);
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void resume(long step, double seconds) {
        resumedAt = step;
        secondsBefore = seconds;
    }

    @Override
    public double seconds() {
        return secondsBefore + (System.nanoTime() - begin) / 1e9;
    }

    @Override
    public synchronized void record(String name, long step, double epoch, double value) {
        unwritten.add(new MetricPoint(name, step, epoch, seconds(), value));
    }

    @Override
    public void progress(double fraction) {
        progress = fraction;
    }

    @Override
    public boolean isInterrupted() {
        return lost || cancelled || stop.getAsBoolean();
    }

    /** Whether somebody has cancelled the trial. */
    boolean isCancelled() {
        return cancelled;
    }

    /** Returns what is left to be written with the end of the trial, after the last value was recorded. */
    List<MetricPoint> end() {
        heart.shutdown();
        synchronized (heart) {
            if (hasUnwritten() && !mayAdd()) {
                beatAlone();
            }
            synchronized (this) {
                return mayAdd() ? List.copyOf(unwritten) : List.of();
            }
        }
    }

    @Override
    public boolean flush() {
        synchronized (heart) {
            // After a long silence the trial may have gone to another worker, whose files are not to be touched.
            if (hasUnwritten() || isSilentFor(HEARTBEAT)) {
                beatAlone();
            }
            return !hasUnwritten() && !lost;
        }
    }

    private synchronized boolean hasUnwritten() {
        return !unwritten.isEmpty();
    }

    private boolean isSilentFor(Duration time) {
        return System.nanoTime() - lastSign >= time.toNanos();
    }

    private void beat() {
        // One at a time: whoever waits for a flush must not overtake values that another thread is about to write.
        synchronized (heart) {
            if (hasUnwritten() || isSilentFor(ASK)) {
                beatAlone();
            }
        }
    }

    private void beatAlone() {
        List<MetricPoint> points;
        synchronized (this) {
            points = unwritten;
            unwritten = new ArrayList<>();
        }
        try {
            if (!lost && !(rewind(points) && written(points))) {
                LOG.warn("The lease of trial {} went to another worker; its results are dropped here.", hash());
                lost = true;
            }
        } catch (RuntimeException e) {
            // Kept for the next heartbeat: a store that is busy now need not be so then.
            LOG.warn("The store could not be written: {}", e.getMessage());
            synchronized (this) {
                points.addAll(unwritten);
                unwritten = points;
            }
        }
    }

    private boolean written(List<MetricPoint> points) {
        LeaseStatus status = store.write(lease, progress, points, LEASE);
        cancelled = status == LeaseStatus.CANCELLED;
        lastSign = System.nanoTime();
        return status != LeaseStatus.LOST;
    }

    /** Drops what earlier attempts recorded beyond the start of this one, once, when it first has something to say. */
    private boolean rewind(List<MetricPoint> points) {
        if (mayAdd() || points.isEmpty()) {
            return true;
        }
        boolean held = store.rewind(lease, resumedAt);
        isRewound = true;
        return held;
    }

    /** Whether nothing of an earlier attempt is in the way of what is recorded. */
    private boolean mayAdd() {
        return isRewound || lease.attempt() == 1;
    }

    @Override
    public void close() {
        heart.shutdownNow();
    }
}
