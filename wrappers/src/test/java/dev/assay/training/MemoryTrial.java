package dev.assay.training;

import dev.assay.run.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A trial that keeps in lists what is recorded. */
final class MemoryTrial implements Trial<ToyRun> {
    private final ToyRun config;
    private final Path directory;
    private final int threads;
    private final Predicate<MemoryTrial> interruption;
    private final List<Point> points = new ArrayList<>();
    private double progress;

    record Point(String name, long step, double epoch, double value) {}

    MemoryTrial(ToyRun config, Path directory) {
        this(config, directory, 2, trial -> false);
    }

    MemoryTrial(ToyRun config, Path directory, int threads, Predicate<MemoryTrial> interruption) {
        this.config = config;
        this.directory = directory;
        this.threads = threads;
        this.interruption = interruption;
    }

    List<Point> points(String name) {
        return points.stream().filter(point -> point.name().equals(name)).toList();
    }

    List<Point> points() {
        return points;
    }

    double progress() {
        return progress;
    }

    @Override
    public String hash() {
        return "0".repeat(64);
    }

    @Override
    public ToyRun config() {
        return config;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Path storeDirectory() {
        return directory;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void record(String name, long step, double epoch, double value) {
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
