package dev.assay.crashes;

import dev.assay.Assay;
import dev.assay.metric.Metric;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.run.Outcome;
import dev.assay.run.Trainable;
import dev.assay.run.Trial;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application that trains nothing, but goes through all that a training does: it records values that follow from those before, keeps its
 * state in checkpoints, goes on from them, and stops when asked. It starts quickly, having no engine.
 */
public final class Tally implements Trainable<TallyRun> {
    /** With what a process ends whose fate that is. */
    public static final int EXIT = 7;

    private static final String CHECKPOINT = "tally";
    private static final long BLOCK = 16L << 20;

    public static void main(String[] args) {
        System.exit(Assay.application("tally")
                .wrapper("tally", TallyRun.class, Tally::new)
                .run(args));
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.minimize("tally"));
    }

    @Override
    public Outcome run(Trial<TallyRun> trial) throws Exception {
        TallyRun.Work work = trial.config().train();
        State state = State.of(trial);
        meet(work.fate());
        while (state.step < work.steps()) {
            if (trial.isInterrupted()) {
                return new Outcome.Interrupted();
            }
            state.advance();
            for (int i = 0; i < work.metrics(); i++) {
                trial.record("val.tally" + (i == 0 ? "" : i), state.step, state.step / 7.0, state.value + i);
            }
            trial.progress((double) state.step / work.steps());
            if (work.checkpointEvery() > 0 && state.step % work.checkpointEvery() == 0 && trial.flush()) {
                state.write(trial.directory());
                trial.artifacts().push(trial.artifacts().name(trial.directory()), List.of());
            }
            if (work.stepMillis() > 0) {
                Thread.sleep(work.stepMillis());
            }
        }
        return new Outcome.Completed(Map.of("val.tally", state.value), Optional.empty());
    }

    private static void meet(TallyRun.Fate fate) throws ReflectiveOperationException {
        if (fate == TallyRun.Fate.EXIT) {
            System.exit(EXIT);
        }
        if (fate == TallyRun.Fate.MEMORY) {
            takeAllMemory();
        }
    }

    /** Where the JVM sets no limit, as engines have their arrays. */
    private static void takeAllMemory() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field only = type.getDeclaredField("theUnsafe");
        only.setAccessible(true);
        Method allocate = type.getMethod("allocateMemory", long.class);
        Method fill = type.getMethod("setMemory", long.class, long.class, byte.class);
        while (true) {
            fill.invoke(only.get(null), allocate.invoke(only.get(null), BLOCK), BLOCK, (byte) 1);
        }
    }

    /** What a checkpoint has. */
    private static final class State {
        private final long seed;
        private int step;
        private double value;

        private State(long seed, int step, double value) {
            this.seed = seed;
            this.step = step;
            this.value = value;
        }

        static State of(Trial<TallyRun> trial) throws IOException {
            Path file = trial.directory().resolve(CHECKPOINT);
            long seed = trial.config().seed();
            if (Files.notExists(file)) {
                return new State(seed, 0, 0);
            }
            String[] words = Files.readString(file).split(" ", -1);
            State state = new State(seed, Integer.parseInt(words[0]), Double.parseDouble(words[1]));
            trial.resume(state.step, 0);
            return state;
        }

        void advance() {
            step++;
            RandomStream random = new Seed(seed).stream("step " + step);
            value = Math.sin(value + random.nextDouble());
        }

        void write(Path folder) throws IOException {
            Path fresh = Files.writeString(folder.resolve(CHECKPOINT + ".new"), step + " " + value);
            Files.move(fresh, folder.resolve(CHECKPOINT), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
