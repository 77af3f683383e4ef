package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.optimizer.ImmutableAdam;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.schedule.ImmutableStep;
import dev.assay.schedule.Unit;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loop records of itself. */
@Tag("T22")
class FiguresTest {
    @TempDir
    Path folder;

    @Test
    void run_eachRecord_hasExamplesTimesByPhaseRateAndMemory() throws Exception {
        MemoryTrial trial = trial(ToyWrapper.fiveEpochs().withEpochs(1).withRecordEvery(Every.steps(5)));

        long begin = System.nanoTime();
        new ToyWrapper().run(trial);
        double millis = (System.nanoTime() - begin) / 1e6;

        Set<String> names = trial.points().stream().map(MemoryTrial.Point::name).collect(Collectors.toSet());
        assertThat(names)
                .contains("train.examplesPerSecond", "train.learningRate", "train.residentMemory")
                .contains("train.milliseconds.data", "train.milliseconds.forward")
                .contains("train.milliseconds.backward", "train.milliseconds.optimizer");
        names.stream()
                .filter(name -> name.startsWith("train."))
                .forEach(name -> assertThat(trial.points(name))
                        .as(name)
                        .extracting(MemoryTrial.Point::step)
                        .containsExactly(5L, 10L));
        for (int i = 0; i < 2; i++) {
            double step = sum(trial, i);
            assertThat(step).isPositive().isLessThan(millis / 10);
            // Ten examples a step: phases are parts of a step, so they cannot take longer than that.
            assertThat(value("train.examplesPerSecond", trial, i)).isPositive().isLessThan(10 / (step / 1e3));
            assertThat(value("train.residentMemory", trial, i)).isBetween(50.0, 20_000.0);
        }
    }

    @Test
    void run_severalOptimizers_recordsTheRateOfEach() throws Exception {
        ToyWrapper wrapper = new ToyWrapper() {
            @Override
            protected List<OptimizerAssignment> optimizers(ToyRun config) {
                return List.of(
                        new OptimizerAssignment(
                                "weights",
                                "*.weight",
                                ImmutableSgd.builder().lr(0.2).build()),
                        new OptimizerAssignment(
                                "biases",
                                "*.bias",
                                ImmutableAdam.builder().lr(0.01).build()));
            }
        };
        MemoryTrial trial = trial(ToyWrapper.fiveEpochs()
                .withEpochs(2)
                .withRecordEvery(Every.epochs(1))
                .withSchedule(ImmutableStep.builder()
                        .every(1)
                        .factor(0.5)
                        .per(Unit.EPOCH)
                        .build()));

        wrapper.run(trial);

        assertThat(trial.points("train.learningRate"))
                .extracting(MemoryTrial.Point::value)
                .containsExactly(0.2, 0.1);
        assertThat(trial.points("train.learningRate.weights"))
                .extracting(MemoryTrial.Point::value)
                .containsExactly(0.2, 0.1);
        assertThat(value("train.learningRate.biases", trial, 1)).isCloseTo(0.005, within(1e-15));
    }

    private static double sum(MemoryTrial trial, int record) {
        return EnumSet.complementOf(EnumSet.of(Phase.COMPILED)).stream()
                .mapToDouble(phase ->
                        value("train." + Figures.milliseconds(phase.name().toLowerCase(Locale.ROOT)), trial, record))
                .sum();
    }

    private static double value(String name, MemoryTrial trial, int record) {
        return Objects.requireNonNull(trial.points(name).get(record)).value();
    }

    private MemoryTrial trial(ToyRun.ToyTraining training) {
        return new MemoryTrial(ToyRun.of(training, 1), folder);
    }
}
