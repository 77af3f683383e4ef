package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.artifact.Artifacts;
import dev.assay.checkpoint.TensorDigest;
import dev.assay.checkpoint.WeightFiles;
import dev.assay.data.Batch;
import dev.assay.data.Datasets;
import dev.assay.engine.Native;
import dev.assay.engine.Scalars;
import dev.assay.error.AssayException;
import dev.assay.metric.Metric;
import dev.assay.model.Losses;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import dev.assay.optimizer.ImmutableAdamW;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.random.Seed;
import dev.assay.run.Outcome;
import dev.assay.schedule.ImmutableCosine;
import dev.assay.schedule.ImmutableOneCycle;
import dev.assay.store.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWrapperTest {
    @TempDir
    Path folder;

    @Test
    @Tag("T1")
    void run_default_learnsAndRecordsAndKeepsWeights() throws Exception {
        MemoryTrial trial = trial(ToyWrapper.fiveEpochs(), 1);

        Outcome.Completed outcome = completed(new ToyWrapper(), trial);

        assertThat(outcome.metrics())
                .containsOnlyKeys(
                        "train.loss",
                        "train.examplesPerSecond",
                        "train.milliseconds.data",
                        "train.milliseconds.forward",
                        "train.milliseconds.backward",
                        "train.milliseconds.optimizer",
                        "train.learningRate",
                        "train.residentMemory",
                        "val.loss",
                        "val.accuracy");
        assertThat(outcome.metrics().get("val.accuracy")).isGreaterThan(0.8);
        assertThat(trial.points("train.loss")).hasSize(50);
        assertThat(trial.points("val.accuracy"))
                .extracting(MemoryTrial.Point::step)
                .containsExactly(10L, 20L, 30L, 40L, 50L);
        assertThat(trial.points("val.accuracy"))
                .extracting(MemoryTrial.Point::epoch)
                .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(trial.progress()).isEqualTo(1);
        assertThat(outcome.weights().orElseThrow().file())
                .isEqualTo("weights/" + outcome.weights().orElseThrow().sha256() + ".json");
    }

    @Test
    @Tag("T27")
    void run_twiceWithOneSeed_isBitEqual() throws Exception {
        MemoryTrial first = trial(ToyWrapper.fiveEpochs(), 1);
        MemoryTrial second = trial(ToyWrapper.fiveEpochs(), 1);

        String digest = digest(new ToyWrapper(), first);

        assertThat(digest(new ToyWrapper(), second)).isEqualTo(digest);
        assertThat(second.points("train.loss")).isEqualTo(first.points("train.loss"));
        assertThat(digest(new ToyWrapper(), trial(ToyWrapper.fiveEpochs(), 2))).isNotEqualTo(digest);
    }

    @Test
    @Tag("R14")
    void run_pictures_isBitEqualAndLoadsBack() throws Exception {
        ModelWrapper<ToyRun> wrapper = new Pictures();
        Weights weights =
                completed(wrapper, trial(pictureTraining(), 3)).weights().orElseThrow();

        assertThat(digest(new Pictures(), trial(pictureTraining(), 3))).isEqualTo(weights.sha256());
        Native.run(memory -> {
            Model model = wrapper.createModel(
                    trial(pictureTraining(), 3).config(),
                    DataInfo.of(MemoryPartition.clusters(1, Pictures.SHAPE, 3, 1)));
            model.initialize(memory, Map.of("image", Pictures.SHAPE), new Seed(9));
            model.load(load(weights, memory));
            assertThat(TensorDigest.of(model.tensors())).isEqualTo(weights.sha256());
        });
    }

    @Test
    @Tag("T20")
    void run_evaluateEveryTwoOfFiveEpochs_evaluatesAtTheEndToo() throws Exception {
        MemoryTrial trial = trial(ToyWrapper.fiveEpochs().withEvaluateEvery(Every.epochs(2)), 1);

        completed(new ToyWrapper(), trial);

        assertThat(trial.points("val.loss")).extracting(MemoryTrial.Point::step).containsExactly(20L, 40L, 50L);
    }

    @Test
    @Tag("E5")
    void run_withSchedule_recordsTheRateOfTheLastStepOfEachEpoch() throws Exception {
        MemoryTrial trial = trial(
                ToyWrapper.fiveEpochs()
                        .withRecordEvery(Every.epochs(1))
                        .withSchedule(ImmutableOneCycle.builder().peak(0.2).build()),
                1);

        completed(new ToyWrapper(), trial);

        assertThat(trial.points("train.learningRate"))
                .extracting(MemoryTrial.Point::value)
                .containsExactly(0.1, 0.1 * (1 - 10 / 40.0), 0.1 * (1 - 20 / 40.0), 0.1 * (1 - 30 / 40.0), 0.0);
    }

    @Test
    void run_tailKept_averagesByCount() throws Exception {
        MemoryTrial trial =
                trial(ToyWrapper.fiveEpochs().withBatchSize(64).withEpochs(1).withDropLast(false), 1);
        List<Integer> sizes = new ArrayList<>();

        completed(
                new ToyWrapper() {
                    @Override
                    protected StepResult trainStep(StepContext step, Batch batch) {
                        sizes.add(batch.size());
                        return super.trainStep(step, batch);
                    }
                },
                trial);

        assertThat(sizes).containsExactly(64, 36);
    }

    @Test
    @Tag("T7")
    void run_wrongInputName_showsBothSides() {
        ModelWrapper<ToyRun> wrapper = new ToyWrapper() {
            @Override
            protected Model createModel(ToyRun config, DataInfo info) {
                return Model.of(Networks.perceptron(3))
                        .input("picture")
                        .output("logits")
                        .build();
            }
        };

        assertThatThrownBy(() -> wrapper.run(trial(ToyWrapper.fiveEpochs(), 1)))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("The model has inputs [picture]; the batch has arrays [")
                .hasMessageContaining("image")
                .hasMessageContaining("label")
                .hasMessageEndingWith("\nMaybe createModel and createDatasets use different names.");
    }

    @Test
    @Tag("T7")
    void run_modelWithoutLoss_saysSo() {
        ModelWrapper<ToyRun> wrapper = new ToyWrapper() {
            @Override
            protected Model createModel(ToyRun config, DataInfo info) {
                return Model.of(Networks.perceptron(3))
                        .input("image")
                        .output("logits")
                        .build();
            }
        };

        assertThatThrownBy(() -> wrapper.run(trial(ToyWrapper.fiveEpochs(), 1)))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("The model has no loss; its outputs are [logits].");
    }

    @Test
    @Tag("T6")
    void run_signOfGradientSteps_learns() throws Exception {
        ModelWrapper<ToyRun> wrapper = new ToyWrapper() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                Outputs outputs = step.forward(batch);
                step.backward(outputs.loss());
                step.changeEach(
                        (parameter, gradient) -> parameter.subi(gradient.sign().muli(step.learningRate())));
                step.zeroGradients();
                return StepResult.manual(Map.of("loss", Scalars.value(outputs.loss())));
            }
        };
        MemoryTrial trial = trial(
                ToyWrapper.fiveEpochs()
                        .withOptimizer(ImmutableSgd.builder().lr(0.01).build()),
                1);

        Outcome.Completed outcome = completed(wrapper, trial);

        assertThat(outcome.metrics().get("val.accuracy")).isGreaterThan(0.8);
        assertThat(trial.points("train.loss")).hasSize(50);
    }

    @Test
    @Tag("T6")
    void run_manualStepWrittenAsTheLoop_isBitEqualToIt() throws Exception {
        ModelWrapper<ToyRun> wrapper = new ToyWrapper() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                NDArray loss = step.forward(batch).loss();
                step.backward(loss);
                if (step.isLastOfStep()) {
                    step.clipNorm(0.5);
                    step.update();
                    step.zeroGradients();
                }
                return StepResult.manual(Map.of("loss", Scalars.value(loss)));
            }
        };
        ImmutableToyTraining clipped = ToyWrapper.fiveEpochs()
                .withClipNorm(0.5)
                .withAccumulate(3)
                .withDropLast(false)
                .withBatchSize(7)
                .withSchedule(ImmutableCosine.builder().build());

        assertThat(digest(wrapper, trial(clipped, 1))).isEqualTo(digest(new ToyWrapper(), trial(clipped, 1)));
        assertThat(digest(wrapper, trial(clipped, 1)))
                .isNotEqualTo(digest(new ToyWrapper(), trial(clipped.withClipNorm(Optional.empty()), 1)));
    }

    @Test
    @Tag("T6")
    void run_manualStepWithoutEffect_isAnErrorNamingTheStep() {
        ModelWrapper<ToyRun> wrapper = new ToyWrapper() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                return step.number() < 3 ? super.trainStep(step, batch) : StepResult.manual(Map.of());
            }
        };

        assertThatThrownBy(() -> wrapper.run(trial(ToyWrapper.fiveEpochs(), 1)))
                .isInstanceOf(AssayException.class)
                .hasMessage("Step 3 is manual, but no gradient was computed and no parameter was changed in it."
                        + "\nMaybe step.backward(loss) and step.update() are missing, or StepResult.loss was meant.");
    }

    @Test
    void run_lossThatIsNoScalar_isAnErrorNamingTheStep() {
        ModelWrapper<ToyRun> wrapper = new ToyWrapper() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                return StepResult.loss(step.forward(batch).get("logits"));
            }
        };

        assertThatThrownBy(() -> wrapper.run(trial(ToyWrapper.fiveEpochs(), 1)))
                .isInstanceOf(AssayException.class)
                .hasMessage("The loss of step 0 has shape (10, 3); it must be a scalar.\nMaybe a mean() is missing.");
    }

    @Test
    void run_twoHundredSteps_leavesNoArrays() throws Exception {
        List<Integer> alive = new ArrayList<>();
        ModelWrapper<ToyRun> wrapper = new ToyWrapper() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                alive.add(step.manager().getParentManager().getManagedArrays().size());
                NDArray penalty =
                        step.parameters().values().iterator().next().square().mean();
                return StepResult.loss(step.forward(batch).loss().add(penalty));
            }
        };

        completed(wrapper, trial(ToyWrapper.fiveEpochs().withEpochs(20), 1));

        assertThat(alive).hasSize(200);
        assertThat(alive.subList(1, 200)).containsOnly(alive.get(1));
    }

    @Test
    @Tag("T26")
    void run_rateTooHigh_diverges() throws Exception {
        MemoryTrial trial = trial(
                ToyWrapper.fiveEpochs()
                        .withOptimizer(ImmutableSgd.builder().lr(1e20).build()),
                1);

        Outcome outcome = new ToyWrapper().run(trial);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Diverged.class, diverged -> {
            assertThat(diverged.step()).isBetween(2L, 10L);
            assertThat(diverged.what())
                    .matches("train\\.loss is (NaN|-?Infinity); the first tensor that is not finite is .*");
        });
    }

    @Test
    void run_interruptedAfterSevenSteps_stopsThere() throws Exception {
        MemoryTrial trial = new MemoryTrial(
                ToyRun.of(ToyWrapper.fiveEpochs(), 1),
                folder,
                2,
                t -> t.points("train.loss").size() == 7);

        assertThat(new ToyWrapper().run(trial)).isEqualTo(new Outcome.Interrupted());
        assertThat(trial.points("train.loss")).hasSize(7);
    }

    @Test
    void run_batchLargerThanData_saysSo() {
        assertThatThrownBy(
                        () -> new ToyWrapper().run(trial(ToyWrapper.fiveEpochs().withBatchSize(101), 1)))
                .isInstanceOf(AssayException.class)
                .hasMessage("The training data has 100 examples, which is no whole batch of 101."
                        + "\nMaybe the batch size is too large, or dropLast should be false.");
    }

    @Test
    @Tag("T15")
    void run_evaluateOverridden_recordsItsMetrics() throws Exception {
        ModelWrapper<ToyRun> wrapper = new ToyWrapper() {
            @Override
            protected Evaluation evaluate(EvaluationContext evaluation, String partition) {
                return super.evaluate(evaluation, partition).with("answer", 42);
            }
        };

        assertThat(completed(wrapper, trial(ToyWrapper.fiveEpochs(), 1)).metrics())
                .containsEntry("val.answer", 42.0);
    }

    @Test
    @Tag("T19")
    void metrics_default_declaresAllThatIsRecorded() {
        assertThat(new ToyWrapper().metrics())
                .containsExactly(
                        Metric.minimize("loss"),
                        Metric.maximize("accuracy").asFraction(),
                        Metric.maximize("examplesPerSecond").withUnit("examples/s"),
                        Metric.minimize("learningRate"),
                        Metric.minimize("residentMemory").withUnit("MiB"),
                        Metric.minimize("milliseconds.data").withUnit("ms"),
                        Metric.minimize("milliseconds.forward").withUnit("ms"),
                        Metric.minimize("milliseconds.backward").withUnit("ms"),
                        Metric.minimize("milliseconds.optimizer").withUnit("ms"),
                        Metric.minimize("milliseconds.compiled").withUnit("ms"));
    }

    private MemoryTrial trial(ToyRun.ToyTraining training, long seed) {
        return new MemoryTrial(ToyRun.of(training, seed), folder);
    }

    private static Outcome.Completed completed(ModelWrapper<ToyRun> wrapper, MemoryTrial trial) throws Exception {
        return (Outcome.Completed) wrapper.run(trial);
    }

    private static String digest(ModelWrapper<ToyRun> wrapper, MemoryTrial trial) throws Exception {
        return completed(wrapper, trial).weights().orElseThrow().sha256();
    }

    private Map<String, NDArray> load(Weights weights, NDManager memory) {
        try {
            return new WeightFiles(Artifacts.in(folder)).load(weights, memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImmutableToyTraining pictureTraining() {
        return ToyWrapper.fiveEpochs()
                .withEpochs(2)
                .withOptimizer(ImmutableAdamW.builder().lr(0.01).build());
    }

    /** Convolutions and batch norm. */
    private static final class Pictures extends ToyWrapper {
        static final Shape SHAPE = new Shape(3, 8, 8);

        @Override
        protected Datasets createDatasets(ToyRun config, Seed seed) {
            return Datasets.training(MemoryPartition.clusters(40, SHAPE, 3, 1));
        }

        @Override
        protected Model createModel(ToyRun config, DataInfo info) {
            return Model.of(Networks.golden())
                    .input("image")
                    .output("logits")
                    .loss(Losses.crossEntropy("logits", "label"))
                    .build();
        }
    }
}
