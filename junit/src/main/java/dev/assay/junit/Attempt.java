package dev.assay.junit;

import dev.assay.config.DerivedValues;
import dev.assay.run.Outcome;
import dev.assay.run.StorelessTrial;
import dev.assay.training.ModelWrapper;
import dev.assay.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** An attempt at a trial, in a folder of its own, that keeps in memory what is recorded. */
final class Attempt<C extends TrainingRun> extends StorelessTrial<C> {
    private static final int THREADS = 2;

    private final BooleanSupplier isInterrupted;
    private final List<Point> points = new ArrayList<>();

    /** A recorded value. */
    record Point(String name, long step, double epoch, double value) {}

    private Attempt(C config, Path store, BooleanSupplier isInterrupted) {
        super(config, store, THREADS);
        this.isInterrupted = isInterrupted;
    }

    static <C extends TrainingRun> Attempt<C> create(C config, Path store, BooleanSupplier isInterrupted)
            throws IOException {
        Attempt<C> attempt = new Attempt<>(config, store, isInterrupted);
        Files.createDirectories(attempt.directory());
        return attempt;
    }

    /** A later attempt at the same trial, which begins with what this one left on disk and is not interrupted. */
    Attempt<C> again() {
        Attempt<C> again = new Attempt<>(config(), artifacts().folder(), () -> false);
        again.points.addAll(points);
        return again;
    }

    /** Runs it to its end. */
    Outcome.Completed complete(ModelWrapper<C> wrapper) throws Exception {
        Outcome outcome = run(wrapper);
        if (outcome instanceof Outcome.Completed completed) {
            return completed;
        }
        throw new AssertionError("The training should complete; it ended with " + outcome + ".");
    }

    /** Runs it to its interruption. */
    void interrupt(ModelWrapper<C> wrapper) throws Exception {
        Outcome outcome = run(wrapper);
        if (!(outcome instanceof Outcome.Interrupted)) {
            throw new AssertionError("The training was asked to stop; it ended with " + outcome
                    + ".\nMaybe it takes another course each time; isDeterministic tells.");
        }
    }

    private Outcome run(ModelWrapper<C> wrapper) throws Exception {
        wrapper.prepare(config());
        C filled = DerivedValues.fill(config(), wrapper.derivedValues(config()));
        Attempt<C> attempt = new Attempt<>(filled, artifacts().folder(), isInterrupted);
        attempt.points.addAll(points);
        try {
            return wrapper.run(attempt);
        } finally {
            points.clear();
            points.addAll(attempt.points);
        }
    }

    List<Point> points() {
        return points;
    }

    List<Double> values(String metric) {
        return points.stream()
                .filter(point -> point.name().equals(metric))
                .map(Point::value)
                .toList();
    }

    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        points.forEach(point -> names.add(point.name()));
        return names;
    }

    /** The last step something was recorded for, 0 if nothing was. */
    long lastStep() {
        return points.stream().mapToLong(Point::step).max().orElse(0);
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
    public boolean isInterrupted() {
        return isInterrupted.getAsBoolean();
    }
}
