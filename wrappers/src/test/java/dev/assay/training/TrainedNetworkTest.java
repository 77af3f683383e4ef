package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import dev.assay.activation.ActivationFile;
import dev.assay.activation.Units;
import dev.assay.artifact.Artifacts;
import dev.assay.data.BatchStream;
import dev.assay.data.Datasets;
import dev.assay.data.Pass;
import dev.assay.data.Role;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import dev.assay.graph.Graph;
import dev.assay.graph.op.Ops;
import dev.assay.model.Model;
import dev.assay.random.Seed;
import dev.assay.run.Activations;
import dev.assay.run.FinishedTrial;
import dev.assay.run.NodeSelection;
import dev.assay.run.Outcome;
import dev.assay.run.Similarities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedNetworkTest {
    private static final Similarities.Question CKA = new Similarities.Question("cka", "all", 256);

    @TempDir
    Path folder;

    @Test
    @Tag("G3")
    void activations_ofATrial_areThoseItsMetricsWereMadeOf() throws Exception {
        ToyRun config = ToyRun.of(ToyWrapper.fiveEpochs(), 1);
        Outcome.Completed outcome = train(new ToyWrapper(), config);
        Path file = folder.resolve("values.safetensors");

        Activations written = new ToyWrapper()
                .activations(finished(new ToyWrapper(), config, outcome), selection("val"), file)
                .orElseThrow();

        assertThat(written.examples()).isEqualTo(50);
        assertThat(written.shapes()).containsEntry("4", List.of(3L)).hasSize(5);
        assertThat(accuracy(file, "4"))
                .isCloseTo(Objects.requireNonNull(outcome.metrics().get("val.accuracy")), within(1e-9));
    }

    @Test
    @Tag("G3")
    void activations_ofSomeNodesAndTheFirstExamples_areThoseOnly() throws Exception {
        ToyRun config = ToyRun.of(ToyWrapper.fiveEpochs(), 1);
        FinishedTrial<ToyRun> trial = finished(new PictureWrapper(), config, train(new PictureWrapper(), config));
        Path file = folder.resolve("values.safetensors");

        Activations written = new PictureWrapper()
                .activations(trial, new NodeSelection(List.of("2", "0"), "train", OptionalLong.of(7)), file)
                .orElseThrow();

        assertThat(written.shapes().keySet()).containsExactly("0", "2");
        try (ActivationFile open = ActivationFile.open(file)) {
            assertThat(open.examples()).isEqualTo(7);
            open.forEachBatch(
                    "2",
                    Units.ALL,
                    7,
                    batch -> assertThat(Arrays.stream(batch.toArray()).min().orElseThrow())
                            .isZero());
        }
    }

    @Test
    @Tag("G3")
    @Tag("G14")
    void valuesOfAGraph_areByItsNames_andNotOverwrittenByThoseAfter() throws Exception {
        ToyRun config = ToyRun.of(ToyWrapper.fiveEpochs(), 1);
        FinishedTrial<ToyRun> trial = finished(new GraphWrapper(), config, train(new GraphWrapper(), config));
        Path file = folder.resolve("values.safetensors");

        Activations written =
                new GraphWrapper().activations(trial, selection("val"), file).orElseThrow();
        Similarities same = new GraphWrapper()
                .similarity(trial, trial, selection("val"), CKA)
                .orElseThrow();

        assertThat(written.shapes().keySet()).containsExactly("flat", "hidden", "relu", "logits");
        assertThat(same.rows()).containsExactly("flat", "hidden", "relu", "logits");
        try (ActivationFile open = ActivationFile.open(file)) {
            open.forEachBatch(List.of("hidden", "relu"), Units.ALL, 50, batch -> {
                double[] before = Objects.requireNonNull(batch.get("hidden")).toArray();
                double[] after = Objects.requireNonNull(batch.get("relu")).toArray();
                assertThat(Arrays.stream(before).min().orElseThrow()).isNegative();
                assertThat(after)
                        .containsExactly(
                                Arrays.stream(before)
                                        .map(value -> Math.max(0, value))
                                        .toArray(),
                                within(0.0));
            });
        }
    }

    /** The toy with a graph. */
    private static final class GraphWrapper extends ToyWrapper {
        @Override
        protected Model createModel(ToyRun config, DataInfo info) {
            return Graph.of(g -> g.input("image", "label")
                            .add("flat", Ops.flatten())
                            .add("hidden", Ops.linear(16))
                            .add("relu", Ops.relu())
                            .add("logits", Ops.linear(3))
                            .add("loss", Ops.crossEntropy(), "logits", "label"))
                    .toModel();
        }
    }

    @Test
    @Tag("G14")
    void similarity_ofATrialWithItself_isOneOnTheDiagonal_withAnotherLess() throws Exception {
        ToyRun first = ToyRun.of(ToyWrapper.fiveEpochs(), 1);
        ToyRun second = ToyRun.of(ToyWrapper.fiveEpochs(), 2);
        FinishedTrial<ToyRun> a = finished(new PictureWrapper(), first, train(new PictureWrapper(), first));
        FinishedTrial<ToyRun> b = finished(new PictureWrapper(), second, train(new PictureWrapper(), second));

        Similarities same =
                new PictureWrapper().similarity(a, a, selection("val"), CKA).orElseThrow();
        Similarities other =
                new PictureWrapper().similarity(a, b, selection("val"), CKA).orElseThrow();
        Similarities means = new PictureWrapper()
                .similarity(
                        a,
                        b,
                        new NodeSelection(List.of("0"), "train", OptionalLong.empty()),
                        new Similarities.Question("cca", "means", 16))
                .orElseThrow();

        assertThat(same.rows()).isEqualTo(same.columns()).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(same.examples()).isEqualTo(20);
        for (int i = 0; i < 6; i++) {
            assertThat(same.values().get(i).get(i)).isCloseTo(1, within(1e-9));
            assertThat(other.values().get(i).get(i)).isLessThan(1);
        }
        assertThat(means.values()).hasSize(1);
        assertThat(means.values().get(0).get(0)).isBetween(0.0, 1.0);
    }

    @Test
    @Tag("G14")
    void similarity_onOtherExamples_isRefused() throws Exception {
        ToyRun config = ToyRun.of(ToyWrapper.fiveEpochs(), 1);
        FinishedTrial<ToyRun> a = finished(new ToyWrapper(), config, train(new ToyWrapper(), config));
        FinishedTrial<ToyRun> fewer =
                new FinishedTrial<>(new WithVal(40, 2), config, "b", a.weights(), Artifacts.in(folder), 2);
        FinishedTrial<ToyRun> others =
                new FinishedTrial<>(new WithVal(50, 3), config, "b", a.weights(), Artifacts.in(folder), 2);

        assertThatThrownBy(() -> new ToyWrapper().similarity(a, fewer, selection("val"), CKA))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("The partition has 50 examples in the first trial and 40 in the second;");
        assertThatThrownBy(() -> new ToyWrapper().similarity(a, others, selection("val"), CKA))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("Array (label) differs between the trials' examples;");
    }

    @Test
    @Tag("G3")
    void activations_ofWhatIsNotThere_sayWhatThereIs() throws Exception {
        ToyRun config = ToyRun.of(ToyWrapper.fiveEpochs(), 1);
        Outcome.Completed outcome = train(new ToyWrapper(), config);
        FinishedTrial<ToyRun> trial = finished(new ToyWrapper(), config, outcome);
        Path file = folder.resolve("values.safetensors");

        assertThatThrownBy(() -> new ToyWrapper().activations(trial, selection("test"), file))
                .hasMessage("There is no partition (test) to evaluate; there is [val].");
        NodeSelection none = new NodeSelection(List.of("conv"), "val", OptionalLong.empty());
        assertThatThrownBy(() -> new ToyWrapper().activations(trial, none, file))
                .hasMessage("The pattern (conv) matches no name; there are [0, 1, 2, 3, 4].");
        assertThatThrownBy(() ->
                        Model.of(parallel()).input("x").output("y").build().nodes())
                .hasMessage("A model of a ai.djl.nn.ParallelBlock has no values that can be asked for; a sequence of"
                        + " blocks has.\nMaybe make it a graph.");
    }

    /** The toy with another validation set. */
    private static final class WithVal extends ToyWrapper {
        private final int examples;
        private final int seed;

        WithVal(int examples, int seed) {
            this.examples = examples;
            this.seed = seed;
        }

        @Override
        protected Datasets createDatasets(ToyRun config, Seed unused) {
            return Datasets.training(MemoryPartition.clusters(100, SHAPE, 3, 1))
                    .with("val", Role.VALIDATE, MemoryPartition.clusters(examples, SHAPE, 3, seed));
        }
    }

    private static Block parallel() {
        return new ParallelBlock(lists -> lists.get(0));
    }

    private Outcome.Completed train(ToyWrapper wrapper, ToyRun config) throws Exception {
        return (Outcome.Completed) wrapper.run(new MemoryTrial(config, folder));
    }

    private FinishedTrial<ToyRun> finished(ToyWrapper wrapper, ToyRun config, Outcome.Completed outcome) {
        return new FinishedTrial<>(wrapper, config, "a", outcome.weights().orElseThrow(), Artifacts.in(folder), 2);
    }

    private static NodeSelection selection(String partition) {
        return new NodeSelection(List.of(), partition, OptionalLong.empty());
    }

    /** Part of the examples whose largest value is at their label. */
    private static double accuracy(Path file, String node) throws Exception {
        List<Integer> chosen = new ArrayList<>();
        try (ActivationFile open = ActivationFile.open(file)) {
            open.forEachBatch(node, Units.ALL, 16, values -> {
                for (int i = 0; i < values.rows(); i++) {
                    double[] row = {values.get(i, 0), values.get(i, 1), values.get(i, 2)};
                    double largest = Arrays.stream(row).max().orElseThrow();
                    chosen.add(row[0] == largest ? 0 : row[1] == largest ? 1 : 2);
                }
            });
        }
        List<Long> labels = new ArrayList<>();
        Native.run(memory -> {
            try (BatchStream batches =
                    MemoryPartition.clusters(50, ToyWrapper.SHAPE, 3, 2).batches(Pass.evaluation(50))) {
                Arrays.stream(batches.next(memory).get("label").toLongArray()).forEach(labels::add);
            }
        });
        int right = 0;
        for (int i = 0; i < chosen.size(); i++) {
            right += chosen.get(i) == labels.get(i).intValue() ? 1 : 0;
        }
        return (double) right / chosen.size();
    }
}
