package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.data.Datasets;
import dev.assay.data.Role;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import dev.assay.metric.Metric;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import dev.assay.random.Seed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuresTest {
    /** Scores of six examples for three classes, and their classes: predictions 0, 1, 1, 2, 0, 1. */
    private static final float[][] LOGITS = {{3, 1, 0}, {0, 2, 1}, {0.5f, 1, 0}, {0, 1, 4}, {1, 0.5f, 0.9f}, {0, 2, 2}};

    private static final long[] LABELS = {0, 1, 0, 2, 2, 2};

    @TempDir
    Path folder;

    @Test
    @Tag("T18")
    @Tag("T19")
    void precisionAndRecall_threeClasses_areScikitLearnsMacroAverages() {
        Map<String, Double> values = values(new ClassCounts.Macro());

        assertThat(values.get("precision")).isCloseTo((1.0 / 2 + 1.0 / 3 + 1) / 3, within(1e-12));
        assertThat(values.get("recall")).isCloseTo((1.0 / 2 + 1 + 1.0 / 3) / 3, within(1e-12));
        assertThat(values.get("f1")).isCloseTo((0.5 + 0.5 + 0.5) / 3, within(1e-12));
    }

    @Test
    void topAccuracy_ofTwo_countsTiesInOrderOfClasses() {
        // Of the two wrong first guesses that are right second, and of the tie in the last example the second.
        assertThat(values(new ClassCounts.Top(1))).containsEntry("top1Accuracy", 3.0 / 6);
        assertThat(values(new ClassCounts.Top(2))).containsEntry("top2Accuracy", 6.0 / 6);
    }

    @Test
    void calibrationError_oneBin_isTheDistanceOfTheMeans() {
        double confidence = 0;
        for (float[] scores : LOGITS) {
            double sum = 0;
            double max = Math.max(scores[0], Math.max(scores[1], scores[2]));
            for (float score : scores) {
                sum += Math.exp(score - max);
            }
            confidence += 1 / sum / LOGITS.length;
        }

        assertThat(values(new ClassCounts.Calibration(1)).get("calibrationError"))
                .isCloseTo(Math.abs(3.0 / 6 - confidence), within(1e-12));
    }

    @Test
    void calibrationError_manyBins_isTheWeightedMeanOfTheirDistances() {
        ClassCounts.Calibration counts = new ClassCounts.Calibration(10);
        float even = 0;
        // Two examples of confidence a half, one of them right; one of confidence almost 1, wrong.
        counts.add(new float[] {even, even}, 0);
        counts.add(new float[] {even, even}, 1);
        counts.add(new float[] {50, 0}, 1);

        assertThat(counts.values().get("calibrationError")).isCloseTo((0 + 1) / 3.0, within(1e-9));
    }

    @Test
    void confusion_threeClasses_hasARowForEachTrueClass() {
        ClassCounts.Confusion counts = new ClassCounts.Confusion();
        values(counts);

        assertThat(counts.tables()).containsEntry("confusion", "1,1,0\n0,1,0\n1,1,1\n");
    }

    @Test
    void confusion_labelWithoutScore_isAnError() {
        assertThatThrownBy(() -> new ClassCounts.Confusion().add(new float[] {1, 2}, 2))
                .isInstanceOf(AssayException.class)
                .hasMessage("A label is 2, but there are scores for 2 classes only.");
    }

    @Test
    @Tag("T14")
    @Tag("T18")
    void accuracy_unequalBatches_countsEveryExampleOnce() throws Exception {
        Native.run(memory -> {
            Measure accuracy = Measures.accuracy("logits", "label");
            Measure.Counting counting = accuracy.begin();
            counting.add(batch(memory, 0, 1), outputs(memory), arguments(memory, 0, 1));
            counting.add(batch(memory, 1, 6), outputs(memory), arguments(memory, 1, 6));

            assertThat(counting.values()).containsEntry("accuracy", 3.0 / 6);
        });
    }

    @Test
    @Tag("T14")
    void argument_missing_listsWhatThereIs() throws Exception {
        Native.run(memory -> assertThatThrownBy(() -> Measure.argument("scores", batch(memory, 0, 2), outputs(memory)))
                .isInstanceOf(AssayException.class)
                .hasMessage("There is no array (scores); the model has outputs [logits] and the batch has"
                        + " [image, label]."));
    }

    @Test
    @Tag("T15")
    @Tag("T17")
    void with_namespaces_keepsThemApartAndRefusesCollisions() {
        Evaluation evaluation = new Evaluation(Map.of("loss", 1.0)).with("task", Map.of("loss", 2.0));

        assertThat(new TreeMap<>(evaluation.metrics())).isEqualTo(new TreeMap<>(Map.of("loss", 1.0, "task.loss", 2.0)));
        assertThatThrownBy(() -> evaluation.with("task", Map.of("loss", 3.0)))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("The evaluation has a metric (task.loss) already");
    }

    /** Two batches of 10 and one of 5; the second task has examples in the last two. */
    @Test
    @Tag("T17")
    void run_namesOfTasks_areHierarchicalAndCountWeighted() throws Exception {
        ToyWrapper wrapper = new ToyWrapper() {
            @Override
            protected Datasets createDatasets(ToyRun config, Seed seed) {
                return Datasets.training(MemoryPartition.clusters(25, SHAPE, 3, 1))
                        .with("val", Role.VALIDATE, MemoryPartition.clusters(25, SHAPE, 3, 2));
            }

            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                StepResult result = super.trainStep(step, batch).with("count.size", batch.size());
                return step.number() % 3 == 0 ? result : result.with("late.size", batch.size());
            }

            @Override
            protected List<Measure> measures() {
                return List.of(Measure.mean(Metric.maximize("count.size"), List.of("label"), arrays -> {
                    NDArray label = arrays.get(0);
                    return label.getManager().create((float) label.size());
                }));
            }
        };
        MemoryTrial trial = new MemoryTrial(
                ToyRun.of(
                        ToyWrapper.fiveEpochs()
                                .withEpochs(1)
                                .withDropLast(false)
                                .withRecordEvery(Every.epochs(1)),
                        1),
                folder);

        wrapper.run(trial);

        double weighted = (10 * 10 + 10 * 10 + 5 * 5) / 25.0;
        assertThat(trial.points("val.count.size").get(0).value()).isEqualTo(weighted);
        assertThat(trial.points("train.count.size").get(0).value()).isEqualTo(weighted);
        assertThat(trial.points("train.late.size").get(0).value()).isEqualTo((10 * 10 + 5 * 5) / 15.0);
    }

    @Test
    @Tag("T19")
    void measures_usual_declareDirectionAndRange() {
        List<Supplier<Measure>> all = List.of(
                Measures::loss,
                () -> Measures.accuracy("logits", "label"),
                () -> Measures.topAccuracy(5, "logits", "label"),
                () -> Measures.precisionAndRecall("logits", "label"),
                () -> Measures.calibrationError(15, "logits", "label"));

        assertThat(all.stream().flatMap(measure -> measure.get().metrics().stream()))
                .containsExactly(
                        Metric.minimize("loss"),
                        Metric.maximize("accuracy").asFraction(),
                        Metric.maximize("top5Accuracy").asFraction(),
                        Metric.maximize("precision").asFraction(),
                        Metric.maximize("recall").asFraction(),
                        Metric.maximize("f1").asFraction(),
                        Metric.minimize("calibrationError").asFraction());
    }

    private static Map<String, Double> values(ClassCounts counts) {
        for (int i = 0; i < LABELS.length; i++) {
            counts.add(LOGITS[i], (int) LABELS[i]);
        }
        return counts.values();
    }

    private static List<NDArray> arguments(NDManager memory, int from, int to) {
        float[][] logits = Arrays.copyOfRange(LOGITS, from, to);
        return List.of(memory.create(logits), batch(memory, from, to).get("label"));
    }

    private static Batch batch(NDManager memory, int from, int to) {
        long[] labels = Arrays.copyOfRange(LABELS, from, to);
        return Batch.of(
                to - from, Map.of("image", memory.ones(new Shape(to - from, 6)), "label", memory.create(labels)));
    }

    private static Outputs outputs(NDManager memory) {
        Model model =
                Model.of(Networks.perceptron(3)).input("image").output("logits").build();
        model.initialize(memory, Map.of("image", ToyWrapper.SHAPE), new Seed(1));
        return model.forward(batch(memory, 0, 2), Mode.VALIDATE);
    }
}
