package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.checkpoint.Safetensors;
import dev.assay.data.ArrayPartition;
import dev.assay.data.Datasets;
import dev.assay.data.Role;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import dev.assay.model.Losses;
import dev.assay.model.Model;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.random.Seed;
import dev.assay.run.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptOutputsTest {
    @TempDir
    Path folder;

    @Test
    @Tag("T1")
    void run_outputsAskedFor_returnsThoseOfTheResultBesideScoreAndWeights() throws Exception {
        Outcome.Completed outcome = completed(new ToyWrapper(), training().withOutputs("logits", "label"));

        assertThat(outcome.weights()).isPresent();
        Path file = Objects.requireNonNull(outcome.outputs().get("val"));
        assertThat(outcome.outputs()).containsOnlyKeys("val");
        assertThat(file.toString()).endsWith("/outputs/val.safetensors");
        Native.run(memory -> {
            Map<String, NDArray> kept = read(file, memory);
            assertThat(kept).containsOnlyKeys("logits", "label");
            NDArray logits = Objects.requireNonNull(kept.get("logits"));
            assertThat(logits.getShape()).isEqualTo(new Shape(50, 3));
            long[] labels = Objects.requireNonNull(kept.get("label")).toLongArray();
            long[] found = logits.argMax(1).toLongArray();
            long hits =
                    IntStream.range(0, 50).filter(i -> found[i] == labels[i]).count();
            assertThat(hits / 50.0).isEqualTo(outcome.metrics().get("val.accuracy"));
        });
    }

    @Test
    @Tag("D7")
    void run_onOutputsOfAnotherTrial_learnsFromThem() throws Exception {
        Path file = Objects.requireNonNull(
                completed(new ToyWrapper(), ToyWrapper.fiveEpochs().withOutputs("logits", "label"))
                        .outputs()
                        .get("val"));
        ToyWrapper next = new ToyWrapper() {
            @Override
            protected Datasets createDatasets(ToyRun config, Seed seed) {
                ArrayPartition outputs = partition(file);
                return Datasets.training(outputs).with("val", Role.VALIDATE, outputs);
            }

            @Override
            protected Model createModel(ToyRun config, DataInfo info) {
                return Model.of(Networks.perceptron(3))
                        .input("logits")
                        .output("again")
                        .loss(Losses.crossEntropy("again", "label"))
                        .build();
            }
        };

        assertThat(completed(next, ToyWrapper.fiveEpochs()).metrics().get("val.loss"))
                .isLessThan(0.8);
    }

    @Test
    @Tag("T1")
    void run_outputThatIsNotThere_isRefusedBeforeTheFirstStep() {
        MemoryTrial trial = trial(training().withOutputs("logit"));

        assertThatThrownBy(() -> new ToyWrapper().run(trial))
                .isInstanceOf(AssayException.class)
                .hasMessage("train.outputs has (logit); it must be an output of the model, [logits], or an array of"
                        + " partition (val), [image, label].");
        assertThat(trial.points()).isEmpty();
    }

    /** At a rate at which the best state is not the last. */
    private static ImmutableToyTraining training() {
        return ToyWrapper.fiveEpochs()
                .withOptimizer(ImmutableSgd.builder().lr(3).build())
                .withBest("val.loss");
    }

    private Outcome.Completed completed(ToyWrapper wrapper, ToyRun.ToyTraining training) throws Exception {
        return (Outcome.Completed) wrapper.run(trial(training));
    }

    private static ArrayPartition partition(Path file) {
        try {
            return ArrayPartition.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, NDArray> read(Path file, NDManager memory) {
        try {
            return Safetensors.read(file, memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MemoryTrial trial(ToyRun.ToyTraining training) {
        return new MemoryTrial(ToyRun.of(training, 1), folder);
    }
}
