package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.assay.artifact.Artifacts;
import dev.assay.checkpoint.CheckpointFolder;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Datasets;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.data.Role;
import dev.assay.engine.Native;
import dev.assay.engine.Scalars;
import dev.assay.error.AssayException;
import dev.assay.model.Losses;
import dev.assay.model.Model;
import dev.assay.model.PartialLoad;
import dev.assay.optimizer.ImmutableAdam;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.random.Seed;
import dev.assay.run.Outcome;
import dev.assay.run.RateSearch;
import dev.assay.schedule.ImmutablePlateau;
import dev.assay.sink.Sinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a config can ask of a training, and what a wrapper can do with it. */
class TrainingTest {
    @TempDir
    Path folder;

    @Test
    @Tag("E3")
    void run_restoreBest_endsWithTheBestState() throws Exception {
        ImmutableToyTraining wild = ToyWrapper.fiveEpochs()
                .withOptimizer(ImmutableSgd.builder().lr(3).build())
                .withBest("val.loss");
        MemoryTrial trial = trial(wild);

        Outcome.Completed outcome = completed(new ToyWrapper(), trial);

        double best = trial.points("val.loss").stream()
                .mapToDouble(MemoryTrial.Point::value)
                .min()
                .orElseThrow();
        assertThat(outcome.metrics()).containsEntry("val.loss", best);
        assertThat(trial.points("val.loss").get(4).value()).isNotEqualTo(best);
    }

    @Test
    @Tag("E7")
    @Tag("E8")
    void run_severalBest_keepsTheStatesOfEach() throws Exception {
        ImmutableToyTraining training = ToyWrapper.fiveEpochs()
                .withOptimizer(ImmutableSgd.builder().lr(3).build())
                .withBest("val.loss", "val.accuracy")
                .withCheckpoint(ImmutableCheckpointConfig.builder()
                        .keepLast(1)
                        .keepBest(2)
                        .build());
        MemoryTrial trial = trial(training);

        completed(new ToyWrapper(), trial);

        List<Long> byLoss = twoBest(trial, "val.loss", 1);
        List<Long> byAccuracy = twoBest(trial, "val.accuracy", -1);
        assertThat(CheckpointFolder.of(Artifacts.in(folder), trial.directory()).steps())
                .containsAll(byLoss)
                .containsAll(byAccuracy)
                .contains(50L)
                .hasSizeLessThanOrEqualTo(5);
    }

    private static List<Long> twoBest(MemoryTrial trial, String metric, int sign) {
        return trial.points(metric).stream()
                .sorted((a, b) -> sign * Double.compare(a.value(), b.value()))
                .limit(2)
                .map(MemoryTrial.Point::step)
                .toList();
    }

    @Test
    @Tag("E1")
    void run_earlyStop_endsAtBestPlusPatience() throws Exception {
        ImmutableToyTraining training = ToyWrapper.fiveEpochs()
                .withEpochs(40)
                .withOptimizer(ImmutableSgd.builder().lr(1).build())
                .withEarlyStop(ImmutableEarlyStopConfig.builder()
                        .metric("val.loss")
                        .patience(3)
                        .build());
        MemoryTrial trial = trial(training);

        completed(new ToyWrapper(), trial);

        List<MemoryTrial.Point> losses = trial.points("val.loss");
        int best = 0;
        for (int i = 1; i < losses.size(); i++) {
            best = losses.get(i).value() < losses.get(best).value() ? i : best;
        }
        assertThat(losses).hasSize(best + 1 + 3).hasSizeLessThan(40);
    }

    @Test
    @Tag("E2")
    void run_decayRounds_goOnFromTheBestAtALowerRate() throws Exception {
        ImmutableToyTraining training = ToyWrapper.fiveEpochs()
                .withEpochs(40)
                .withOptimizer(ImmutableSgd.builder().lr(1).build())
                .withEarlyStop(ImmutableEarlyStopConfig.builder()
                        .metric("val.loss")
                        .patience(2)
                        .rounds(2)
                        .build());
        MemoryTrial trial = trial(training);

        completed(new ToyWrapper(), trial);

        assertThat(trial.points("train.learningRate"))
                .extracting(MemoryTrial.Point::value)
                .contains(1.0, 1.0 * Math.pow(0.1, 1), 1.0 * Math.pow(0.1, 2))
                .hasSizeLessThan(400);
    }

    @Test
    @Tag("E5")
    void run_plateau_lowersTheRateWhenItsMetricStalls() throws Exception {
        ImmutableToyTraining training = ToyWrapper.fiveEpochs()
                .withEpochs(20)
                .withOptimizer(ImmutableSgd.builder().lr(1).build())
                .withSchedule(ImmutablePlateau.builder()
                        .metric("val.loss")
                        .patience(1)
                        .build());
        MemoryTrial trial = trial(training);

        completed(new ToyWrapper(), trial);

        assertThat(trial.points("train.learningRate"))
                .extracting(MemoryTrial.Point::value)
                .contains(1.0, 0.1);
    }

    @Test
    @Tag("T8")
    void run_accumulated_isTheLargeBatchUpToRounding() throws Exception {
        ImmutableToyTraining large = ToyWrapper.fiveEpochs().withBatchSize(20).withDropLast(false);
        ImmutableToyTraining small = large.withBatchSize(5).withAccumulate(4);
        List<Double> expected = losses(new Plain(), large);

        List<Double> found = losses(new Plain(), small);

        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-5));
        }
    }

    @Test
    @Tag("T8")
    void run_accumulatedTail_isFlushedAtTheEndOfTheEpoch() throws Exception {
        List<String> seen = new ArrayList<>();
        ToyWrapper wrapper = new Plain() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                seen.add(step.number() + ":" + batch.size() + (step.isLastOfStep() ? "!" : ""));
                return super.trainStep(step, batch);
            }
        };

        completed(
                wrapper,
                trial(ToyWrapper.fiveEpochs()
                        .withEpochs(1)
                        .withBatchSize(30)
                        .withAccumulate(3)
                        .withDropLast(false)));

        assertThat(seen).containsExactly("0:30", "0:30", "0:30!", "1:10!");
    }

    @Test
    @Tag("T6")
    void run_twoOptimizersByHand_eachChangesItsOwn() throws Exception {
        List<Double> biases = new ArrayList<>();
        ToyWrapper wrapper = new Plain() {
            @Override
            protected List<OptimizerAssignment> optimizers(ToyRun config) {
                return List.of(
                        new OptimizerAssignment(
                                "weights",
                                "*.weight",
                                ImmutableSgd.builder().lr(0.1).build()),
                        new OptimizerAssignment(
                                "biases",
                                "*.bias",
                                ImmutableAdam.builder().lr(0.01).build()));
            }

            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                NDArray loss = step.forward(batch).loss();
                step.backward(loss);
                step.update("weights");
                biases.add(Scalars.value(
                        Objects.requireNonNull(step.parameters().get("1.bias")).sum()));
                if (step.number() % 2 == 1) {
                    step.update("biases");
                }
                step.zeroGradients();
                return StepResult.manual(Map.of("loss", Scalars.value(loss)));
            }
        };

        Outcome.Completed outcome = completed(wrapper, trial(ToyWrapper.fiveEpochs()));

        assertThat(outcome.metrics().get("val.accuracy")).isGreaterThan(0.8);
        assertThat(biases.get(1)).isEqualTo(biases.get(0)).isNotEqualTo(biases.get(2));
    }

    @Test
    @Tag("T6")
    void run_parameterWithoutOptimizer_isAnError() {
        ToyWrapper wrapper = new Plain() {
            @Override
            protected List<OptimizerAssignment> optimizers(ToyRun config) {
                return List.of(new OptimizerAssignment(
                        "weights", "*.weight", ImmutableSgd.builder().lr(0.1).build()));
            }
        };

        assertThatThrownBy(() -> wrapper.run(trial(ToyWrapper.fiveEpochs())))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("No optimizer is for parameters [1.bias];");
    }

    @Test
    @Tag("T26")
    void run_lossGrown_divergesWithBothMeans() throws Exception {
        ToyWrapper wrapper = new Plain() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                double scale = step.number() < 20 ? 1 : 100;
                return StepResult.loss(step.forward(batch).loss().mul(scale));
            }
        };
        ImmutableToyTraining training = ToyWrapper.fiveEpochs()
                .withOptimizer(ImmutableSgd.builder().lr(1e-6).build())
                .withDivergence(
                        ImmutableDivergenceConfig.builder().factor(3).steps(5).build());

        assertThat(wrapper.run(trial(training))).isInstanceOfSatisfying(Outcome.Diverged.class, diverged -> {
            assertThat(diverged.step()).isBetween(21L, 22L);
            assertThat(diverged.what()).startsWith("the mean of train.loss has grown from ");
        });
    }

    @Test
    @Tag("T26")
    void run_inputNotFinite_namesIt() throws Exception {
        ToyWrapper wrapper = new Plain() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                if (step.number() == 3) {
                    batch.get("image").muli(Float.NaN);
                }
                return super.trainStep(step, batch);
            }
        };

        assertThat(wrapper.run(trial(ToyWrapper.fiveEpochs())))
                .isEqualTo(new Outcome.Diverged(
                        4, "train.loss is NaN; the first tensor that is not finite is input (image)"));
    }

    @Test
    @Tag("T16")
    void run_window_recordsMovingMeans() throws Exception {
        ImmutableToyTraining training = ToyWrapper.fiveEpochs().withEpochs(1);
        List<Double> single = losses(new Plain(), training);

        List<Double> windowed = losses(new Plain(), training.withWindow(3));

        assertThat(windowed.get(0)).isEqualTo(single.get(0));
        assertThat(windowed.get(9)).isCloseTo((single.get(7) + single.get(8) + single.get(9)) / 3, within(1e-12));
    }

    @Test
    @Tag("T20")
    void run_fractionsOfAnEpoch_evaluatesThatOften() throws Exception {
        MemoryTrial trial = trial(ToyWrapper.fiveEpochs().withEpochs(1).withEvaluateEvery(Every.epochs(0.25)));

        completed(new ToyWrapper(), trial);

        assertThat(trial.points("val.loss")).extracting(MemoryTrial.Point::step).containsExactly(3L, 5L, 8L, 10L);
    }

    @Test
    @Tag("D2")
    void run_severalTestPartitions_recordsTheirMeanToo() throws Exception {
        ToyWrapper wrapper = new Plain() {
            @Override
            protected Datasets createDatasets(ToyRun config, Seed seed) {
                return super.createDatasets(config, seed)
                        .with("near", Role.TEST, MemoryPartition.clusters(50, SHAPE, 3, 5))
                        .with("far", Role.TEST, MemoryPartition.clusters(20, SHAPE, 3, 6));
            }
        };

        Map<String, Double> metrics =
                completed(wrapper, trial(ToyWrapper.fiveEpochs())).metrics();

        assertThat(metrics.get("mean-test.loss"))
                .isEqualTo((value("near.loss", metrics) + value("far.loss", metrics)) / 2);
        assertThat(metrics).doesNotContainKey("mean-validate.loss");
    }

    @Test
    @Tag("E15")
    void run_extended_goesOnAfterTheLastStep() throws Exception {
        MemoryTrial first = trial(ToyWrapper.fiveEpochs());
        completed(new ToyWrapper(), first);
        MemoryTrial second = first.from(ToyRun.of(ToyWrapper.fiveEpochs().withEpochs(8), 1), 50);

        completed(new ToyWrapper(), second);

        assertThat(second.points("val.loss"))
                .extracting(MemoryTrial.Point::step)
                .containsExactly(60L, 70L, 80L);
        MemoryTrial whole = trial(ToyWrapper.fiveEpochs().withEpochs(8));
        completed(new ToyWrapper(), whole);
        assertThat(second.points("val.loss").get(2).value())
                .as("with a constant rate, as if it had been one training")
                .isEqualTo(whole.points("val.loss").get(7).value());
    }

    @Test
    @Tag("E15")
    void run_forkedWithAnotherOptimizer_startsItWithoutMemory() throws Exception {
        MemoryTrial first = trial(ToyWrapper.fiveEpochs());
        completed(new ToyWrapper(), first);
        ImmutableToyTraining adam = ToyWrapper.fiveEpochs()
                .withEpochs(6)
                .withOptimizer(ImmutableAdam.builder().lr(0.001).build());

        Outcome.Completed outcome = completed(new ToyWrapper(), first.from(ToyRun.of(adam, 1), 50));

        assertThat(outcome.metrics().get("val.accuracy")).isGreaterThan(0.8);
    }

    @Test
    @Tag("E12")
    void run_checkpointsOfAnotherConfig_areRefusedWithTheDifference() throws Exception {
        MemoryTrial first = trial(ToyWrapper.fiveEpochs());
        completed(new ToyWrapper(), first);
        MemoryTrial other = trial(ToyWrapper.fiveEpochs().withBatchSize(20));
        copy(first.directory().resolve("checkpoints"), other.directory().resolve("checkpoints"));

        assertThatThrownBy(() -> new ToyWrapper().run(other))
                .isInstanceOf(AssayException.class)
                .hasMessage("""
                        The checkpoints in the trial's folder are those of another config; it differs in
                          train.batchSize: 10 → 20
                        Maybe the folder was copied from another trial; a training goes on with its own config only.""");
    }

    @Test
    @Tag("E13")
    void start_fromWeightsOfAnother_loadsWhatFitsAndSaysSo() throws Exception {
        MemoryTrial first = trial(ToyWrapper.fiveEpochs());
        String file = completed(new Plain(), first).weights().orElseThrow().file();
        List<PartialLoad> loads = new ArrayList<>();
        ToyWrapper wrapper = new Plain() {
            @Override
            protected Model createModel(ToyRun config, DataInfo info) {
                return Model.of(new SequentialBlock()
                                .add(Blocks.batchFlattenBlock())
                                .add(Linear.builder().setUnits(4).build()))
                        .input("image")
                        .output("logits")
                        .loss(Losses.crossEntropy("logits", "label"))
                        .build();
            }

            @Override
            protected void start(ToyRun config, Start start) {
                try {
                    loads.add(start.load(Path.of(file), Map.of()));
                } catch (AssayException e) {
                    assertThat(e).hasMessageStartingWith("None of the tensors [1.bias, 1.weight] fits the model's");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };

        completed(wrapper, trial(ToyWrapper.fiveEpochs()));
        List<PartialLoad> same = new ArrayList<>();
        Outcome.Completed outcome = completed(
                new Plain() {
                    @Override
                    protected void start(ToyRun config, Start start) {
                        try {
                            same.add(start.load(Path.of(file), Map.of()));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                },
                trial(ToyWrapper.fiveEpochs().withEpochs(1)));

        assertThat(loads).isEmpty();
        assertThat(same.get(0).matched()).containsExactly("1.bias", "1.weight");
        assertThat(outcome.metrics().get("val.accuracy")).isGreaterThan(0.8);
    }

    @Test
    @Tag("R12")
    @Tag("D8")
    void run_any_leavesWhatAModelNeedsToKnowOfTheData() throws Exception {
        MemoryTrial trial = trial(ToyWrapper.fiveEpochs().withEpochs(1));

        completed(new PictureWrapper(), trial);

        Datasets datasets = new PictureWrapper().createDatasets(trial.config(), new Seed(1));
        assertThat(DataInfo.read(trial.directory())).isEqualTo(DataInfo.of(datasets.train()));
        assertThat(DataInfo.read(trial.directory()).normalisations()).containsKey("image");
    }

    @Test
    @Tag("D6")
    void run_batchOtherThanPromised_showsBothSides() {
        ToyWrapper wrapper = new Plain() {
            @Override
            protected Datasets createDatasets(ToyRun config, Seed seed) {
                Partition partition = super.createDatasets(config, seed).train();
                return Datasets.training(new Promising(partition));
            }
        };

        assertThatThrownBy(() -> wrapper.run(trial(ToyWrapper.fiveEpochs())))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("A batch of 10 examples has arrays {image=(10, 6), label=(10)}")
                .hasMessageContaining("its partition promised {image=(10, 7), label=(10)}");
    }

    /** Says that pictures have one number more than they have. */
    private record Promising(Partition partition) implements Partition {
        @Override
        public long size() {
            return partition.size();
        }

        @Override
        public Map<String, Shape> shapes() {
            return Map.of("image", new Shape(7), "label", new Shape());
        }

        @Override
        public List<String> classes() {
            return partition.classes();
        }

        @Override
        public BatchStream batches(Pass pass) {
            return partition.batches(pass);
        }
    }

    @Test
    @Tag("E6")
    void findRate_any_suggestsARateThatLearnsAndStopsWhenTheLossExplodes() throws Exception {
        MemoryTrial trial = trial(ToyWrapper.fiveEpochs());

        RateSearch search = new ToyWrapper()
                .findRate(trial, new RateSearch.Range(1e-4, 1e4, 100))
                .orElseThrow();

        assertThat(search.samples()).hasSizeBetween(40, 99);
        assertThat(search.valley().orElseThrow()).isBetween(1e-3, 1.0);
        assertThat(trial.points()).isEmpty();
    }

    @Test
    @Tag("E6")
    void findRate_twice_isTheSameSinceAllIsRestored() throws Exception {
        MemoryTrial trial = trial(ToyWrapper.fiveEpochs());
        RateSearch.Range range = new RateSearch.Range(1e-4, 1e4, 100);
        PictureWrapper wrapper = new PictureWrapper() {
            @Override
            protected List<Hook> hooks(ToyRun config) {
                return List.of();
            }
        };

        Native.run(memory -> {
            try (Sinks sinks = new Sinks(trial.directory(), List.of(), InstantSource.system())) {
                TrainingLoop<ToyRun> loop = new TrainingLoop<>(wrapper, trial, memory, sinks);
                assertThat(loop.findRate(range)).isEqualTo(loop.findRate(range));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    @Tag("T10")
    void run_bfloat16OfABlock_isRefusedWithAClearLine() {
        ExecutionConfig narrow =
                ImmutableAuto.builder().precision(Precision.BFLOAT16).build();
        MemoryTrial trial = new MemoryTrial(ToyRun.of(ToyWrapper.fiveEpochs().withExecution(narrow), 1), folder);

        assertThatThrownBy(() -> new ToyWrapper().run(trial))
                .hasMessage("The config asks for steps that are in bfloat16, which must be one call of the engine;"
                        + " but the model is a DJL block and no graph.");
    }

    @Test
    @Tag("T19")
    void run_valueOutsideItsRange_isAnError() {
        ToyWrapper wrapper = new Plain() {
            @Override
            protected Evaluation evaluate(EvaluationContext evaluation, String partition) {
                return new Evaluation(Map.of("accuracy", 85.5));
            }
        };

        assertThatThrownBy(() -> wrapper.run(trial(ToyWrapper.fiveEpochs())))
                .isInstanceOf(AssayException.class)
                .hasMessage("Metric (val.accuracy) is 85.5, which is outside its declared range, 0.0 to 1.0."
                        + "\nMaybe it is in percent.");
    }

    @Test
    @Tag("E7")
    void run_failing_keepsTheStateBeforeTheFailure() {
        MemoryTrial trial = trial(ToyWrapper.fiveEpochs());
        ToyWrapper wrapper = new Plain() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                if (step.number() == 23) {
                    throw new IllegalStateException("no more");
                }
                return super.trainStep(step, batch);
            }
        };

        assertThatThrownBy(() -> wrapper.run(trial)).hasMessage("no more");
        assertThat(steps(trial)).containsExactly(23L);
    }

    /** A linear classifier without anything random in it. */
    private static class Plain extends ToyWrapper {
        @Override
        protected Model createModel(ToyRun config, DataInfo info) {
            return Model.of(new SequentialBlock()
                            .add(Blocks.batchFlattenBlock())
                            .add(Linear.builder().setUnits(3).build()))
                    .input("image")
                    .output("logits")
                    .loss(Losses.crossEntropy("logits", "label"))
                    .build();
        }
    }

    private List<Double> losses(ToyWrapper wrapper, ImmutableToyTraining training) throws Exception {
        MemoryTrial trial = trial(training.withRecordEvery(Every.steps(1)));
        completed(wrapper, trial);
        return trial.points("train.loss").stream().map(MemoryTrial.Point::value).toList();
    }

    private MemoryTrial trial(ToyRun.ToyTraining training) {
        return new MemoryTrial(ToyRun.of(training, 1), folder);
    }

    private static double value(String name, Map<String, Double> metrics) {
        return Objects.requireNonNull(metrics.get(name));
    }

    private static Outcome.Completed completed(ToyWrapper wrapper, MemoryTrial trial) throws Exception {
        return (Outcome.Completed) wrapper.run(trial);
    }

    private Iterable<Long> steps(MemoryTrial trial) {
        try {
            return CheckpointFolder.of(Artifacts.in(folder), trial.directory()).steps();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
