package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Datasets;
import dev.assay.data.Role;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import dev.assay.run.Outcome;
import dev.assay.schedule.ImmutablePlateau;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a training may choose by. */
@Tag("T19")
class ChoicesTest {
    @TempDir
    Path folder;

    static Stream<ToyRun.ToyTraining> unknown() {
        return Stream.of(
                ToyWrapper.fiveEpochs().withBest("val.loss", "vall.loss"),
                ToyWrapper.fiveEpochs().withBest("vall.loss"),
                ToyWrapper.fiveEpochs()
                        .withEarlyStop(ImmutableEarlyStopConfig.builder()
                                .metric("vall.loss")
                                .patience(1)
                                .build()),
                ToyWrapper.fiveEpochs()
                        .withSchedule(
                                ImmutablePlateau.builder().metric("vall.loss").build()));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    @Tag("E8")
    void run_choiceByAnUnknownPartition_isRefusedBeforeTheFirstStep(ToyRun.ToyTraining training) {
        MemoryTrial trial = trial(training);

        assertThatThrownBy(() -> new ToyWrapper().run(trial))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith(
                        "The training chooses by a metric (vall.loss) that no evaluation gives; it must be"
                                + " one of the partitions [val], a dot, and one of the metrics [loss, accuracy, ")
                .hasMessageEndingWith("\nMaybe metrics() of the wrapper does not declare it.");
        assertThat(trial.points()).isEmpty();
    }

    /** Which way it is better, nobody knows. */
    @Test
    void run_choiceByAMetricThatIsNotDeclared_isRefused() {
        ToyWrapper wrapper = new ToyWrapper() {
            @Override
            protected Evaluation evaluate(EvaluationContext evaluation, String partition) {
                return super.evaluate(evaluation, partition).with("gain", 1);
            }
        };

        assertThatThrownBy(() -> wrapper.run(trial(ToyWrapper.fiveEpochs().withBest("val.gain"))))
                .hasMessageStartingWith("The training chooses by a metric (val.gain) that no evaluation gives;");
    }

    @Test
    void run_choiceByWhatAnEvaluationLeavesOut_saysSoThen() {
        ToyWrapper wrapper = new ToyWrapper() {
            @Override
            protected Evaluation evaluate(EvaluationContext evaluation, String partition) {
                return new Evaluation(Map.of("loss", 1.0));
            }
        };

        assertThatThrownBy(() -> wrapper.run(trial(ToyWrapper.fiveEpochs().withBest("val.accuracy"))))
                .hasMessage("The evaluation has no metric (val.accuracy); it has [val.loss].");
    }

    @Test
    @Tag("D2")
    void run_choiceByTheMeanOfPartitions_isMade() throws Exception {
        ToyWrapper wrapper = new ToyWrapper() {
            @Override
            protected Datasets createDatasets(ToyRun config, Seed seed) {
                return super.createDatasets(config, seed)
                        .with("val2", Role.VALIDATE, MemoryPartition.clusters(50, SHAPE, 3, 5));
            }
        };

        assertThat(wrapper.run(trial(ToyWrapper.fiveEpochs().withBest("mean-validate.loss"))))
                .isInstanceOf(Outcome.Completed.class);
    }

    private MemoryTrial trial(ToyRun.ToyTraining training) {
        return new MemoryTrial(ToyRun.of(training, 1), folder);
    }
}
