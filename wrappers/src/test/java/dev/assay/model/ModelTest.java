package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import dev.assay.checkpoint.TensorDigest;
import dev.assay.data.Batch;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import dev.assay.training.Networks;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final Map<String, Shape> PICTURES = Map.of("image", new Shape(3, 32, 32));

    @Test
    void parameters_nested_haveNamesByPositionAndByName() throws Exception {
        Native.run(memory -> {
            Model model = initialized(Networks.resnet9(4), memory, 1);

            assertThat(model.parameters().keySet())
                    .startsWith("0.0.weight", "0.1.gamma", "0.1.beta")
                    .contains("3.first.0.weight", "3.second.1.beta")
                    .endsWith("11.weight");
            assertThat(model.buffers().keySet()).contains("3.first.1.runningMean", "3.first.1.runningVar");
            assertThat(model.tensors()).hasSize(8 * 5 + 1);
        });
    }

    @Test
    @Tag("T27")
    void initialize_sameSeed_isTheSame_otherSeed_isNot() throws Exception {
        Native.run(memory -> {
            String digest =
                    TensorDigest.of(initialized(Networks.resnet9(4), memory, 1).tensors());

            assertThat(TensorDigest.of(
                            initialized(Networks.resnet9(4), memory, 1).tensors()))
                    .isEqualTo(digest);
            assertThat(TensorDigest.of(
                            initialized(Networks.resnet9(4), memory, 2).tensors()))
                    .isNotEqualTo(digest);
        });
    }

    @Test
    void initialize_weightsAndBiases_areUniformWithinPyTorchsBound() throws Exception {
        Native.run(memory -> {
            Model model = initialized(Networks.golden(), memory, 1);

            assertUniform(get(model, "4.weight"), 1 / Math.sqrt(8 * 9));
            assertThat(get(model, "8.bias").abs().max().getFloat()).isPositive().isLessThanOrEqualTo((float)
                    (1 / Math.sqrt(12)));
            assertThat(get(model, "1.gamma").toFloatArray()).containsOnly(1);
            assertThat(get(model, "1.beta").toFloatArray()).containsOnly(0);
            assertThat(Objects.requireNonNull(model.buffers().get("1.runningVar"))
                            .toFloatArray())
                    .containsOnly(1);
        });
    }

    @Test
    void forward_evaluate_changesNothingAndRecordsNothing() throws Exception {
        Native.run(memory -> {
            Model model = initialized(Networks.golden(), memory, 1);
            String before = TensorDigest.of(model.tensors());

            NDArray first = model.forward(batch(memory), Mode.VALIDATE).get("logits");
            NDArray second = model.forward(batch(memory), Mode.VALIDATE).get("logits");

            assertThat(second).isEqualTo(first);
            assertThat(first.hasGradient()).isFalse();
            assertThat(TensorDigest.of(model.tensors())).isEqualTo(before);
        });
    }

    @Test
    void forward_train_updatesStatisticsOfBatchNorm() throws Exception {
        Native.run(memory -> {
            Model model = initialized(Networks.golden(), memory, 1);
            String before = TensorDigest.of(model.buffers());

            model.forward(batch(memory), Mode.TRAIN);

            assertThat(TensorDigest.of(model.buffers())).isNotEqualTo(before);
        });
    }

    @Test
    @Tag("T7")
    void forward_blockReturnsTwo_showsWhatCameBack() throws Exception {
        Block twice = new LambdaBlock(inputs -> new NDList(inputs.head(), inputs.head()));

        Native.run(memory -> {
            Model model = initialized(twice, memory, 1);
            assertThatThrownBy(() -> model.forward(batch(memory), Mode.TRAIN))
                    .isInstanceOf(AssayException.class)
                    .hasMessage(
                            "The block returned 2 arrays, of shapes [(2, 3, 32, 32), (2, 3, 32, 32)]; the model names 1"
                                    + " outputs: [logits].");
        });
    }

    @Test
    void get_unknownOutput_listsWhatThereIs() throws Exception {
        Native.run(memory -> {
            Outputs outputs = initialized(Networks.golden(), memory, 1).forward(batch(memory), Mode.VALIDATE);
            assertThatThrownBy(() -> outputs.get("features"))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("The model has no output (features); it has [logits].");
        });
    }

    @Test
    void load_otherNames_showsBothSides() throws Exception {
        Native.run(memory -> {
            Model model = initialized(Networks.golden(), memory, 1);
            Map<String, NDArray> values = new HashMap<>(model.tensors());
            values.remove("8.bias");
            assertThatThrownBy(() -> model.load(values))
                    .isInstanceOf(AssayException.class)
                    .hasMessageStartingWith("The model has tensors [0.weight, ")
                    .hasMessageEndingWith("\nMaybe they are of another model.");
        });
    }

    @Test
    void build_withoutOutputs_isRefused() {
        assertThatThrownBy(() -> Model.of(Networks.golden()).input("image").build())
                .isInstanceOf(AssayException.class)
                .hasMessage("A model has inputs [image] and outputs []; it needs at least one of each.");
    }

    private static void assertUniform(NDArray array, double bound) {
        float[] values = array.toFloatArray();
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            assertThat((double) value).isBetween(-bound, bound);
            sum += value;
            squares += value * (double) value;
        }
        assertThat(sum / values.length).isBetween(-0.1 * bound, 0.1 * bound);
        assertThat(squares / values.length / (bound * bound / 3)).isBetween(0.9, 1.1);
    }

    private static Batch batch(NDManager memory) {
        return Batch.of(2, Map.of("image", memory.arange(2f * 3 * 32 * 32).reshape(2, 3, 32, 32)));
    }

    private static NDArray get(Model model, String name) {
        return Objects.requireNonNull(model.parameters().get(name), name);
    }

    private static Model initialized(Block block, NDManager memory, long seed) {
        Model model = Model.of(block).input("image").output("logits").build();
        model.initialize(memory, PICTURES, new Seed(seed));
        return model;
    }
}
