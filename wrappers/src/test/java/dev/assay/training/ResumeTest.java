package dev.assay.training;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.optimizer.ImmutableAdamW;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.schedule.ImmutableOneCycle;
import dev.assay.schedule.ImmutablePlateau;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training stopped anywhere goes on to the same bits. Each attempt begins with what is on disk only. */
class ResumeTest {
    private static final int THREADS = 1;

    @TempDir
    Path folder;

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
        Interruption.anywhere(
                interruption -> new MemoryTrial(config, folder, THREADS, interruption), PictureWrapper::new);
    }

    @Test
    @Tag("E9")
    @Tag("T6")
    void run_parametersThatAreNotUsedInEachStep_endsAsTheUninterrupted() throws Exception {
        ToyRun config = ToyRun.of(
                ToyWrapper.fiveEpochs()
                        .withEpochs(1)
                        .withOptimizer(ImmutableSgd.builder()
                                .lr(0.1)
                                .momentum(0.9)
                                .weightDecay(0.1)
                                .build()),
                7);
        Interruption.anywhere(interruption -> new MemoryTrial(config, folder, THREADS, interruption), Alternating::new);
    }

    /** Steps take turns between two losses; in the second most of the parameters do not occur. */
    private static final class Alternating extends ToyWrapper {
        @Override
        protected StepResult trainStep(StepContext step, Batch batch) {
            NDArray loss = step.number() % 2 == 0
                    ? step.forward(batch).loss()
                    : Objects.requireNonNull(step.parameters().get("1.bias"))
                            .square()
                            .sum();
            return StepResult.loss(loss);
        }
    }
}
