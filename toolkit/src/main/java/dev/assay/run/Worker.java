package dev.assay.run;

import dev.assay.artifact.Artifacts;
import dev.assay.config.ConfigWriter;
import dev.assay.config.DerivedValues;
import dev.assay.config.RunConfig;
import dev.assay.launch.LogTail;
import dev.assay.launch.PeakMemory;
import dev.assay.provenance.Provenance;
import dev.assay.store.Ending;
import dev.assay.store.Failure;
import dev.assay.store.Lease;
import dev.assay.store.MetricPoint;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases trials of one experiment and runs them one after the other, until none is queued or it is told to stop. */
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int LOG_LINES = 20;
    private static final String CANCELLED = "Cancelled.";

    /** A worker that has been silent for so long has lost its trial. */
    public static final Duration LEASE = LeasedTrial.LEASE;

    private final TrialStore store;
    private final Wrappers wrappers;
    private final String experiment;
    private final String name;
    private final int threads;
    private final Optional<Path> log;
    private final Optional<OtherTrials> others;
    private final Set<String> declared = new HashSet<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicBoolean isLeaving = new AtomicBoolean();
    /** Digest of what is recorded of where the results of this process come from. */
    private Optional<String> provenance = Optional.empty();

    /**
     * @param name unique among all workers that ever were
     * @param threads cores it may use
     * @param log the file its output goes to, if any: its last lines are kept with a trial that fails
     * @param others the store whose trials its own may start from, if not theirs
     */
    public Worker(
            TrialStore store,
            Wrappers wrappers,
            String experiment,
            String name,
            int threads,
            Optional<Path> log,
            Optional<StoreAddress> others) {
        this.store = store;
        this.wrappers = wrappers;
        this.experiment = experiment;
        this.name = name;
        this.threads = threads;
        this.log = log;
        this.others = others.map(OtherTrials::new);
    }

    /** Works until nothing is queued; returns whether it was told to stop before. */
    public boolean work() {
        while (!stop.get()) {
            Optional<Lease> lease = store.lease(experiment, name, LeasedTrial.LEASE, provenance);
            if (lease.isPresent()) {
                run(lease.get());
            } else if (store.reclaimExpired().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Tells the running trial to stop soon and take no other; from any thread. */
    public void stop() {
        stop.set(true);
    }

    /** Does the same, and leaves the trial to another worker: this one must go, whatever becomes of the experiment. */
    public void leave() {
        isLeaving.set(true);
        stop();
    }

    private void run(Lease lease) {
        String hash = lease.trial().hash();
        LOG.info("Trial {} begins (attempt {}, {} threads).", hash, lease.attempt(), threads);
        Result result;
        PeakMemory.restart();
        try {
            result = run(lease, wrappers.get(lease.trial().wrapper()));
        } catch (OutOfMemoryError e) {
            // Nothing is sure in this process any more: the parent ends the trial and starts a fresh worker.
            throw e;
        } catch (Throwable e) {
            LOG.error("Trial {} failed.", hash, e);
            Ending failed = Ending.failed(Failure.of(e), cause(e)).withLastLog(LogTail.of(log, LOG_LINES));
            result = new Result(failed, List.of());
        }
        boolean held = store.finish(lease, result.ending().withPeakMemory(PeakMemory.bytes()), result.unwritten());
        LOG.info("Trial {} {}{}.", hash, result.ending().state(), held ? "" : ", but its lease was lost");
        if (held && isLeaving.get() && isForOthers(result.ending())) {
            store.requeue(List.of(hash));
        }
    }

    /** How a trial ended, with the values it recorded last. */
    private record Result(Ending ending, List<MetricPoint> unwritten) {}

    private <C extends RunConfig> Result run(Lease lease, Wrapper<C> wrapper) throws Exception {
        Artifacts artifacts = store.artifacts();
        Path directory = Wrappers.directory(artifacts.folder(), lease.trial().hash());
        Files.createDirectories(directory);
        Trainable<C> trainable = wrapper.factory().get();
        C config = resolved(
                lease, trainable, wrappers.config(wrapper, lease.trial().config()));
        if (declared.add(wrapper.name())) {
            store.declare(wrapper.name(), trainable.metrics());
        }
        recordProvenance(lease, trainable);
        try (LeasedTrial<C> trial = new LeasedTrial<>(store, others, lease, config, threads, directory, stop::get)) {
            // The worker must be heard of while files come from afar.
            artifacts.pull(artifacts.name(directory));
            Outcome outcome = trainable.run(trial);
            if (artifacts.address().isPresent() && trial.flush()) {
                artifacts.push(artifacts.name(directory), List.of());
            }
            List<MetricPoint> unwritten = trial.end();
            return new Result(ending(outcome, trial.isCancelled()), unwritten);
        } finally {
            deleteIfEmpty(directory);
        }
    }

    /** The code of a process is what it was when it began, so it is looked at once; trials leased later have it from the beginning. */
    private void recordProvenance(Lease lease, Trainable<?> trainable) throws Exception {
        if (provenance.isPresent()) {
            return;
        }
        try {
            Provenance found = Provenance.ofProcess(store.directory(), trainable.engine(), threads);
            String digest = found.digest();
            if (store.putProvenance(lease, digest, found.record())) {
                provenance = Optional.of(digest);
            }
        } catch (IOException e) {
            LOG.warn("Where the results come from cannot be recorded: {}", e.getMessage());
        }
    }

    /** The config with what the data say, which the store is told too. */
    private <C extends RunConfig> C resolved(Lease lease, Trainable<C> trainable, C asked) throws Exception {
        C config = DerivedValues.fill(asked, trainable.derivedValues(asked));
        if (!config.equals(asked)) {
            store.resolve(lease, ConfigWriter.toJson(config));
        }
        return config;
    }

    private static Ending ending(Outcome outcome, boolean isCancelled) {
        if (outcome instanceof Outcome.Completed completed) {
            return Ending.completed(completed.metrics(), completed.weights());
        }
        if (outcome instanceof Outcome.Diverged diverged) {
            return Ending.without(TrialState.DIVERGED, "At step " + diverged.step() + " " + diverged.what() + ".");
        }
        return Ending.without(TrialState.INTERRUPTED, isCancelled ? CANCELLED : "Stopped by the user.");
    }

    private static boolean isForOthers(Ending ending) {
        return ending.state() == TrialState.INTERRUPTED && !ending.cause().equals(Optional.of(CANCELLED));
    }

    private static String cause(Throwable e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(directory);
    }
}
