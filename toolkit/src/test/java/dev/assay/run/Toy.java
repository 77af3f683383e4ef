package dev.assay.run;

import dev.assay.Assay;
import dev.assay.config.Config;
import dev.assay.config.RunConfig;
import dev.assay.config.Validated;
import dev.assay.error.AssayException;
import dev.assay.metric.Metric;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** An application that learns nothing, and may fail in every way a real one does. */
public final class Toy implements Trainable<Toy.ToyRun> {

    /** What becomes of a trial. */
    public enum Fate {
        LEARN,
        THROW,
        ABORT,
        EXIT,
        EXHAUST,
        DIVERGE,
        /** Writes more to its error stream than a pipe takes. */
        /** Takes more memory than the machine may have. */
        DEVOUR,
        FLOOD,
        LOOP,
        /** Is killed from outside whenever it is tried. */
        KILL,
        /** Is killed from outside the first time only. */
        KILL_ONCE,
        /** Is stopped, as by Ctrl-Z, the first time only. */
        FREEZE_ONCE
    }

    @Config
    public interface ToyData extends Validated {
        @Value.Default
        default boolean missing() {
            return false;
        }
    }

    @Config
    public interface ToyModel extends Validated {
        double quality();
    }

    @Config
    public interface ToyTrain extends Validated {
        @Min(1) int steps();

        @Value.Default
        default int stepMillis() {
            return 0;
        }

        @Value.Default
        default Fate fate() {
            return Fate.LEARN;
        }
    }

    @Config
    public interface ToyRun extends RunConfig {
        @Override
        ToyData data();

        @Override
        ToyModel model();

        @Override
        ToyTrain train();
    }

    public static void main(String[] args) {
        System.exit(
                Assay.application("toy").wrapper("toy", ToyRun.class, Toy::new).run(args));
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.maximize("score"));
    }

    @Override
    public void prepare(ToyRun config) {
        if (config.data().missing()) {
            throw new dev.assay.error.NotFoundException("The toy data are not there.");
        }
    }

    @Override
    public Outcome run(Trial<ToyRun> trial) throws Exception {
        ToyRun config = trial.config();
        double score = 0;
        for (int step = 1; step <= config.train().steps(); step++) {
            if (trial.isInterrupted()) {
                return new Outcome.Interrupted();
            }
            score = config.model().quality() + 0.01 * trial.config().seed() - 1.0 / step;
            trial.record("val.score", step, step / 10.0, score);
            trial.progress((double) step / config.train().steps());
            Thread.sleep(config.train().stepMillis());
        }
        System.out.println(
                "the fate of seed " + config.seed() + " is " + config.train().fate());
        return switch (config.train().fate()) {
            case LEARN -> new Outcome.Completed(Map.of("val.score", score), Optional.empty());
            case THROW -> throw new AssayException("This trial was meant to fail.");
            case ABORT -> signal("ABRT");
            case FLOOD -> {
                for (int i = 0; i < 20_000; i++) {
                    System.err.println("x".repeat(100));
                }
                yield new Outcome.Completed(Map.of("val.score", score), Optional.empty());
            }
            case DEVOUR -> {
                List<long[]> blocks = new ArrayList<>();
                for (int i = 0; i < 128; i++) {
                    blocks.add(new long[2 << 20]);
                }
                throw new IllegalStateException("There is room for " + blocks.size() + " blocks.");
            }
            case LOOP -> loop();
            case KILL -> signal("KILL");
            case KILL_ONCE -> isFirst(trial) ? signal("KILL") : new Outcome.Completed(Map.of(), Optional.empty());
            case FREEZE_ONCE -> isFirst(trial) ? signal("STOP") : new Outcome.Completed(Map.of(), Optional.empty());
            case EXIT -> {
                System.exit(0);
                throw new IllegalStateException();
            }
            case EXHAUST -> throw new OutOfMemoryError("long[" + new long[Integer.MAX_VALUE - 2].length + "]");
            case DIVERGE -> new Outcome.Diverged(7, "train.loss is NaN");
        };
    }

    private static boolean isFirst(Trial<ToyRun> trial) throws IOException {
        Path mark = trial.directory().resolve("begun");
        boolean isFirst = Files.notExists(mark);
        Files.writeString(mark, "");
        return isFirst;
    }

    private static Outcome signal(String name) throws Exception {
        String self = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-" + name, self).inheritIO().start();
        Thread.sleep(60_000);
        throw new IllegalStateException("Still here.");
    }

    @SuppressWarnings("InfiniteLoopStatement") // It is meant to be one.
    private static Outcome loop() {
        long count = 0;
        while (true) {
            count = count * 3 + 1;
            if (count == 0) {
                System.out.print("");
            }
        }
    }
}
