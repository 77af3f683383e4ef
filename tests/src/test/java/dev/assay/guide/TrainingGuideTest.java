package dev.assay.guide;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.assay.checkpoint.WeightFiles;
import dev.assay.config.Config;
import dev.assay.config.Validated;
import dev.assay.data.ArrayPartition;
import dev.assay.data.Batch;
import dev.assay.data.Datasets;
import dev.assay.data.Partition;
import dev.assay.data.Role;
import dev.assay.engine.NativeEngine;
import dev.assay.engine.Scalars;
import dev.assay.examples.cifar10.ClassifierRun;
import dev.assay.metric.Metric;
import dev.assay.model.Frozen;
import dev.assay.model.Losses;
import dev.assay.model.Model;
import dev.assay.model.PartialLoad;
import dev.assay.model.Restored;
import dev.assay.optimizer.ImmutableAdam;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.random.Seed;
import dev.assay.recipe.RecipeReader;
import dev.assay.run.Outcome;
import dev.assay.run.ScratchTrial;
import dev.assay.training.DataInfo;
import dev.assay.training.Measure;
import dev.assay.training.Measures;
import dev.assay.training.ModelWrapper;
import dev.assay.training.OptimizerAssignment;
import dev.assay.training.Start;
import dev.assay.training.StepContext;
import dev.assay.training.StepResult;
import dev.assay.training.TrainingConfig;
import dev.assay.training.TrainingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "training.md");

    @TempDir
    Path folder = Path.of("");

    /** A run of four points. */
    @Config
    public interface ToyRun extends TrainingRun {
        @Override
        Nothing data();

        @Override
        Nothing model();

        @Override
        ToyTrain train();
    }

    /** A config without keys. */
    @Config
    public interface Nothing extends Validated {}

    /** Training without keys of its own. */
    @Config
    public interface ToyTrain extends TrainingConfig {}

    /** A linear classifier of four points. */
    private static class Points extends ModelWrapper<ToyRun> {
        @Override
        protected Datasets createDatasets(ToyRun config, Seed seed) {
            Partition points = ArrayPartition.builder()
                    .floats("x", new Shape(2), 0, 0, 0, 1, 1, 0, 1, 1)
                    .longs("label", new Shape(), 0, 0, 1, 1)
                    .build();
            return Datasets.training(points).with("val", Role.VALIDATE, points);
        }

        @Override
        protected Model createModel(ToyRun config, DataInfo info) {
            SequentialBlock block = new SequentialBlock()
                    .add(Blocks.batchFlattenBlock())
                    .add(Linear.builder().setUnits(2).build());
            return Model.of(block)
                    .input("x")
                    .output("logits")
                    .loss(Losses.crossEntropy("logits", "label"))
                    .build();
        }
    }

    @Test
    void javaOfTheGuide_isThatOfThisPackage() throws Exception {
        assertThat(Guide.read(GUIDE).javaNotIn(Path.of("src/test/java/dev/assay/guide")))
                .isEmpty();
    }

    @Test
    @Tag("K2")
    void recipeOfTheGuide_isRead() throws Exception {
        String yaml = Guide.read(GUIDE).file("training.yaml");

        ClassifierRun run = (ClassifierRun) RecipeReader.of(Map.of("classifier", ClassifierRun.class))
                .parse(yaml, Path.of("training.yaml"), List.of())
                .trials()
                .get(0)
                .config();

        assertThat(run.train().best()).containsExactly("val.accuracy", "val.loss");
        assertThat(run.train().earlyStop().orElseThrow().rounds()).isEqualTo(1);
    }

    @Test
    @Tag("T6")
    void stepOfTheGuide_learns() throws Exception {
        ModelWrapper<ToyRun> wrapper = new Points() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                NDArray loss = step.forward(batch).loss();
                step.backward(loss);
                if (step.isLastOfStep()) {
                    step.clipNorm(1);
                    step.update();
                    step.zeroGradients();
                }
                return StepResult.manual(Map.of("loss", Scalars.value(loss)));
            }
        };

        assertThat(accuracy(wrapper)).isEqualTo(1);
    }

    @Test
    @Tag("T6")
    void optimizersOfTheGuide_learn() throws Exception {
        ModelWrapper<ToyRun> wrapper = new Points() {
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
        };

        assertThat(accuracy(wrapper)).isEqualTo(1);
    }

    @Test
    @Tag("T14")
    @Tag("T19")
    void measuresOfTheGuide_areTaken() throws Exception {
        ModelWrapper<ToyRun> wrapper = new Points() {
            @Override
            protected List<Measure> measures() {
                return List.of(
                        Measures.loss(),
                        Measures.accuracy("logits", "label"),
                        Measures.topAccuracy(2, "logits", "label"),
                        Measures.precisionAndRecall("logits", "label"),
                        Measures.calibrationError(15, "logits", "label"),
                        Measures.confusion("logits", "label"),
                        Measure.mean(
                                Metric.minimize("margin").withRange(0, 100),
                                List.of("logits"),
                                arrays -> arrays.get(0).abs().mean()));
            }
        };

        assertThat(metrics(wrapper))
                .containsKeys("val.top2Accuracy", "val.f1", "val.calibrationError", "val.margin")
                .containsEntry("val.recall", 1.0);
    }

    @Test
    @Tag("E13")
    void startOfTheGuide_saysWhatBecameOfEachTensor() throws Exception {
        List<String> log = new ArrayList<>();
        Path weights = folder.resolve("other.safetensors");
        try (ScratchTrial<ToyRun> trial = new ScratchTrial<>(config(), 1);
                NDManager memory = NDManager.newBaseManager()) {
            Outcome.Completed other = (Outcome.Completed) new Points().run(trial);
            new WeightFiles(trial.artifacts()).export(other.weights().orElseThrow(), weights, memory);
        }
        ModelWrapper<ToyRun> wrapper = new Points() {
            @Override
            protected void start(ToyRun config, Start start) {
                try {
                    PartialLoad load = start.load(weights, Map.of("backbone.", ""));
                    log.add(load.toString());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            protected boolean isFrozen(ToyRun config, String tensor) {
                return tensor.startsWith("backbone.");
            }
        };

        assertThat(accuracy(wrapper)).isEqualTo(1);
        assertThat(log).containsExactly("2 tensors taken over.");
    }

    @Test
    @Tag("T11")
    void freezingOfTheGuide_isUndoneWhenClosed() throws Exception {
        List<String> log = new ArrayList<>();
        NativeEngine.call(1, () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                SequentialBlock block = new SequentialBlock()
                        .add(Linear.builder().setUnits(3).build())
                        .add(Linear.builder().setUnits(2).build());
                Model model = Model.of(block).input("x").output("y").build();
                model.initialize(memory, Map.of("x", new Shape(2)), new Seed(1));

                try (Frozen frozen = model.freeze("0.*")) {
                    log.add(frozen.names().toString());
                }
                try (Restored layer = model.restoring("1.*")) {
                    model.reset("1.*", new Seed(7));
                    log.add(layer.names().toString());
                }

                assertThat(model.parameters().values()).allMatch(NDArray::hasGradient);
            }
            return true;
        });
        assertThat(log).containsExactly("[0.weight, 0.bias]", "[1.weight, 1.bias]");
    }

    private static double accuracy(ModelWrapper<ToyRun> wrapper) throws Exception {
        return metrics(wrapper).getOrDefault("val.accuracy", Double.NaN);
    }

    private static Map<String, Double> metrics(ModelWrapper<ToyRun> wrapper) throws Exception {
        try (ScratchTrial<ToyRun> trial = new ScratchTrial<>(config(), 1)) {
            return ((Outcome.Completed) wrapper.run(trial)).metrics();
        }
    }

    private static ToyRun config() {
        Nothing nothing = ImmutableNothing.builder().build();
        return ImmutableToyRun.builder()
                .data(nothing)
                .model(nothing)
                .train(ImmutableToyTrain.builder()
                        .epochs(200)
                        .batchSize(4)
                        .optimizer(ImmutableSgd.builder().lr(0.1).build())
                        .build())
                .seed(1)
                .build();
    }
}
