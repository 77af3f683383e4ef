package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.Checkpoint;
import dev.assay.checkpoint.CheckpointFolder;
import dev.assay.checkpoint.TensorDigest;
import dev.assay.engine.Native;
import dev.assay.optimizer.ImmutableAdamW;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.run.Outcome;
import dev.assay.schedule.ImmutableOneCycle;
import dev.assay.schedule.ImmutablePlateau;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training stopped anywhere goes on to the same bits. Each attempt begins with what is on disk only. */
class ResumeTest {
    private static final int THREADS = 1;

    @TempDir
    Path folder;

    /** All that a training leaves: state of the end, by name, and what was recorded. */
    private record Left(
            String weights, Map<String, String> tensors, Map<String, Double> numbers, List<MemoryTrial.Point> points) {}

    static Stream<ToyRun.ToyTraining> trainings() {
        ImmutableToyTraining plain = ToyWrapper.fiveEpochs().withEpochs(2).withDropLast(false);
        return Stream.of(
                plain,
                plain.withOptimizer(ImmutableAdamW.builder().lr(0.01).build())
                        .withSchedule(ImmutableOneCycle.builder().build())
                        .withClipNorm(0.5),
                plain.withAccumulate(2).withEvaluateEvery(Every.steps(2)).withWindow(3),
                plain.withSchedule(ImmutablePlateau.builder()
                                .metric("val.loss")
                                .patience(0)
                                .build())
                        .withEvaluateEvery(Every.epochs(0.5))
                        .withWindow(2),
                plain.withBest("val.accuracy", "val.loss")
                        .withEpochs(4)
                        .withOptimizer(ImmutableSgd.builder().lr(0.5).build())
                        .withEarlyStop(ImmutableEarlyStopConfig.builder()
                                .metric("val.loss")
                                .patience(1)
                                .rounds(1)
                                .build())
                        .withDivergence(ImmutableDivergenceConfig.builder()
                                .factor(100)
                                .steps(3)
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    @Tag("E9")
    @Tag("T27")
    void run_interruptedAnywhere_endsAsTheUninterrupted(ToyRun.ToyTraining training) throws Exception {
        ToyRun config = ToyRun.of(training, 7);
        AtomicInteger asked = new AtomicInteger();
        MemoryTrial whole = new MemoryTrial(config, folder.resolve("whole"), THREADS, trial -> {
            asked.incrementAndGet();
            return false;
        });
        Left expected = left(whole, new PictureWrapper().run(whole));

        for (int i = 0; i < asked.get(); i++) {
            AtomicInteger left = new AtomicInteger(i);
            MemoryTrial first = new MemoryTrial(
                    config, folder.resolve("stopped" + i), THREADS, trial -> left.getAndDecrement() == 0);
            assertThat(new PictureWrapper().run(first)).isEqualTo(new Outcome.Interrupted());
            MemoryTrial second = first.again();

            assertThat(left(second, new PictureWrapper().run(second)))
                    .as("interrupted at %d", i)
                    .isEqualTo(expected);
        }
    }

    private static Left left(MemoryTrial trial, Outcome outcome) throws Exception {
        Map<String, String> tensors = new TreeMap<>();
        Map<String, Double> numbers = new TreeMap<>();
        Native.run(memory -> {
            Checkpoint last = read(() -> CheckpointFolder.of(trial.storeDirectory(), trial.directory()), memory);
            for (Map.Entry<String, NDArray> tensor : last.tensors().entrySet()) {
                tensors.put(tensor.getKey(), TensorDigest.of(Map.of("", tensor.getValue())));
            }
            numbers.putAll(last.numbers());
        });
        numbers.keySet().removeIf(name -> name.contains("seconds") || isFigure(name));
        List<MemoryTrial.Point> points =
                trial.points().stream().filter(point -> !isFigure(point.name())).toList();
        String weights = ((Outcome.Completed) outcome).weights().orElseThrow().sha256();
        return new Left(weights, tensors, numbers, points);
    }

    private static Checkpoint read(Supplier<CheckpointFolder> folder, NDManager memory) {
        try {
            return folder.get().newest(memory).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a metric tells of the machine and not of the training. */
    private static boolean isFigure(String name) {
        return name.contains("milliseconds") || name.contains("examplesPerSecond") || name.contains("residentMemory");
    }
}
