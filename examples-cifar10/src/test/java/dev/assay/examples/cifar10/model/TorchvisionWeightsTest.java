package dev.assay.examples.cifar10.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.checkpoint.Safetensors;
import dev.assay.data.Batch;
import dev.assay.engine.NativeEngine;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.model.PartialLoad;
import dev.assay.random.Seed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a state dict and logits from PyTorch, see golden/resnet18.py. */
@Tag("G1")
class TorchvisionWeightsTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "resnet18.safetensors");
    private static final String LIKE_TORCHVISION = "{kind: resnet18, stem: imagenet, width: 2}";

    @TempDir
    Path folder = Path.of("");

    @Test
    void load_stateDictOfTorchvision_givesPyTorchsLogits() throws Exception {
        NativeEngine.call(1, () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                Model model = model(LIKE_TORCHVISION, memory);
                Map<String, NDArray> golden = Safetensors.read(GOLDEN, memory);

                PartialLoad load = TorchvisionWeights.load(GOLDEN, model, memory);

                Batch batch = Batch.of(3, Map.of("image", tensor(golden, "input")));
                float[] logits = model.forward(batch, Mode.TEST).get("logits").toFloatArray();
                assertThat(logits).containsExactly(tensor(golden, "expected").toFloatArray(), within(1e-5f));
                assertThat(load.left()).isEmpty();
                assertThat(load.skipped()).containsOnlyKeys("input", "expected");
            }
            return true;
        });
    }

    @Test
    void save_ofModel_hasAllNamesOfTheStateDictButTheCounts() throws Exception {
        NativeEngine.call(1, () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                Model model = model(LIKE_TORCHVISION, memory);
                Path file = folder.resolve("ours.safetensors");

                TorchvisionWeights.save(model.tensors(), file);

                Map<String, NDArray> golden = Safetensors.read(GOLDEN, memory);
                Map<String, NDArray> written = Safetensors.read(file, memory);
                Set<String> expected = new TreeSet<>(golden.keySet());
                expected.removeIf(name -> name.endsWith("num_batches_tracked"));
                expected.removeAll(Set.of("input", "expected"));
                assertThat(written.keySet()).isEqualTo(expected);
                written.forEach((name, array) -> assertThat(array.getShape())
                        .as(name)
                        .isEqualTo(tensor(golden, name).getShape()));
            }
            return true;
        });
    }

    @Test
    void load_intoStemForSmallPictures_leavesTheFirstConvolution() throws Exception {
        NativeEngine.call(1, () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                Model model = model("{kind: resnet18, width: 2}", memory);

                PartialLoad load = TorchvisionWeights.load(GOLDEN, model, memory);

                assertThat(load.left()).containsExactly("conv1.weight");
                assertThat(load.skipped().get("conv1.weight"))
                        .isEqualTo("it is float32 (2, 3, 7, 7), the model's float32 (2, 3, 3, 3)");
            }
            return true;
        });
    }

    private static Model model(String text, NDManager memory) {
        Model model = VisionModelTest.model(text).graph(10, 0).toModel();
        model.initialize(memory, Map.of("image", new Shape(3, 32, 32), "label", new Shape()), new Seed(1));
        return model;
    }

    private static NDArray tensor(Map<String, NDArray> tensors, String name) {
        NDArray tensor = tensors.get(name);
        assertThat(tensor).as(name).isNotNull();
        return Objects.requireNonNull(tensor);
    }
}
