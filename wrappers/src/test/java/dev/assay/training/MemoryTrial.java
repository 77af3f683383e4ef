package dev.assay.training;

import dev.assay.config.ConfigWriter;
import dev.assay.run.StorelessTrial;
import dev.assay.store.Origin;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.Weights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A trial that keeps in lists what is recorded; each has a folder of its own, unless it is the same one {@link #again}. */
public final class MemoryTrial extends StorelessTrial<ToyRun> {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Predicate<MemoryTrial> interruption;
    private final List<Point> points = new ArrayList<>();
    private Optional<Origin> origin = Optional.empty();
    private Optional<TrialRecord> other = Optional.empty();
    private double progress;

    public record Point(String name, long step, double epoch, double value) {}

    public MemoryTrial(ToyRun config, Path store) {
        this(config, store, 2, trial -> false);
    }

    public MemoryTrial(ToyRun config, Path store, int threads, Predicate<MemoryTrial> interruption) {
        this(config, store, store.resolve("trials/" + NUMBER.incrementAndGet()), threads, interruption);
    }

    private MemoryTrial(ToyRun config, Path store, Path directory, int threads, Predicate<MemoryTrial> interruption) {
        super(config, store, directory, threads);
        this.interruption = interruption;
    }

    /** A later attempt at this trial, by another process as it were, that is not interrupted. */
    public MemoryTrial again() {
        return again(trial -> false);
    }

    public MemoryTrial again(Predicate<MemoryTrial> newInterruption) {
        MemoryTrial again = new MemoryTrial(config(), artifacts().folder(), directory(), threads(), newInterruption);
        again.points.addAll(points);
        again.other = other;
        return again;
    }

    /** A trial that starts from where this one was. */
    public MemoryTrial from(ToyRun newConfig, long step) {
        MemoryTrial fork = new MemoryTrial(newConfig, artifacts().folder(), threads(), trial -> false);
        fork.origin = Optional.of(new Origin(directory().getFileName().toString(), step));
        return fork;
    }

    /** The same trial in a store that also has another, which ended so. */
    public MemoryTrial beside(String hash, MemoryTrial ended, Optional<Weights> weights) {
        MemoryTrial trial = new MemoryTrial(config(), artifacts().folder(), directory(), threads(), interruption);
        trial.other = Optional.of(new TrialRecord(
                hash,
                "toy",
                ConfigWriter.toJson(ended.config()),
                Optional.empty(),
                weights.isPresent() ? TrialState.COMPLETED : TrialState.FAILED,
                1,
                Optional.empty(),
                Optional.empty(),
                1,
                Map.of(),
                weights,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty()));
        return trial;
    }

    public List<Point> points(String name) {
        return points.stream().filter(point -> point.name().equals(name)).toList();
    }

    public List<Point> points() {
        return points;
    }

    public double progress() {
        return progress;
    }

    @Override
    public String hash() {
        return Integer.toHexString(config().hashCode());
    }

    @Override
    public Optional<Origin> origin() {
        return origin;
    }

    @Override
    public Optional<TrialRecord> other(String hashPrefix) {
        return other.filter(record -> record.hash().startsWith(hashPrefix));
    }

    @Override
    public void resume(long step, double seconds) {
        points.removeIf(point -> point.step() > step);
    }

    @Override
    public void record(String name, long step, double epoch, double value) {
        points.removeIf(point -> point.name().equals(name) && point.step() == step);
        points.add(new Point(name, step, epoch, value));
    }

    @Override
    public void progress(double fraction) {
        progress = fraction;
    }

    @Override
    public boolean isInterrupted() {
        return interruption.test(this);
    }
}
