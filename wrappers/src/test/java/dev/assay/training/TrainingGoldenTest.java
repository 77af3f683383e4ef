package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.checkpoint.Safetensors;
import dev.assay.data.Batch;
import dev.assay.engine.Layout;
import dev.assay.engine.Native;
import dev.assay.engine.Scalars;
import dev.assay.engine.Scope;
import dev.assay.golden.Golden;
import dev.assay.model.Losses;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.optimizer.Sgd;
import dev.assay.random.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Five steps of a small convolutional network agree with PyTorch's. */
@Tag("T9")
class TrainingGoldenTest {
    private static final JsonNode GOLDEN = Golden.json("training.json");
    private static final double RATE = 0.05;
    private static final Map<String, String> NAMES = Map.of(
            "0.weight", "conv1.weight",
            "1.gamma", "bn1.weight",
            "1.beta", "bn1.bias",
            "1.runningMean", "bn1.running_mean",
            "1.runningVar", "bn1.running_var",
            "4.weight", "conv2.weight",
            "4.bias", "conv2.bias",
            "8.weight", "fc.weight",
            "8.bias", "fc.bias");

    @TempDir
    Path folder;

    @Test
    void steps_fromPyTorchsWeights_areItsSteps() throws Exception {
        Path file = Golden.copy("training.safetensors", folder);

        Native.run(memory -> {
            Map<String, NDArray> golden = read(file, memory);
            Model model = model(memory, golden);
            StepContext.Session session = session(model, memory);
            for (int i = 0; i < 5; i++) {
                try (Scope scope = Scope.open(memory, model.tensors().values())) {
                    Position position = new Position(i, 0, i, 5, 0);
                    StepContext.Place place = new StepContext.Place(position, 1, 0, 1, 1);
                    step(
                            new StepContext(session, scope.manager(), place),
                            batch(golden, i, scope.manager()),
                            i,
                            golden);
                }
            }
            assertFinal(model, golden, memory);
        });
    }

    private static StepContext.Session session(Model model, NDManager memory) {
        Sgd sgd = ImmutableSgd.builder()
                .lr(RATE)
                .momentum(0.9)
                .nesterov(true)
                .weightDecay(5e-4)
                .build();
        Hooks hooks = new Hooks(List.of());
        Optimizers optimizers = new Optimizers(
                List.of(OptimizerAssignment.all(sgd)), model.parameters().keySet(), memory);
        return new StepContext.Session(model, optimizers, hooks, new StepTimes(hooks), new Seed(1), 1);
    }

    private static void step(StepContext step, Batch batch, int i, Map<String, NDArray> golden) {
        NDArray loss = step.forward(batch).loss();
        step.backward(loss);
        if (i == 0) {
            assertClose(step.gradient("0.weight"), get(golden, "step0.grad.conv1.weight"), 1e-6);
            assertClose(step.gradient("8.bias"), get(golden, "step0.grad.fc.bias"), 1e-6);
        }
        double expected = GOLDEN.at("/losses/" + i).asDouble();
        assertThat(Scalars.value(loss)).isCloseTo(expected, within(2e-5 * expected));
        double norm = GOLDEN.at("/gradient_norms/" + i).asDouble();
        assertThat(step.clipNorm(1)).isCloseTo(norm, within(1e-4 * norm));
        step.update();
        step.zeroGradients();
    }

    private static void assertFinal(Model model, Map<String, NDArray> golden, NDManager memory) {
        model.tensors().forEach((name, tensor) -> assertClose(tensor, get(golden, "final." + NAMES.get(name)), 1e-4));
        NDArray logits = model.forward(batch(golden, 0, memory), Mode.VALIDATE).get("logits");
        assertClose(logits, get(golden, "final.eval_logits_of_batch_0"), 1e-3);
    }

    private static Model model(NDManager memory, Map<String, NDArray> golden) {
        Model model = Model.of(Networks.golden())
                .input("x")
                .output("logits")
                .loss(Losses.crossEntropy("logits", "label", 0.1))
                .build();
        model.initialize(memory, Map.of("x", new Shape(3, 16, 16)), new Seed(1));
        Map<String, NDArray> initial = new HashMap<>();
        NAMES.forEach((name, torch) -> initial.put(name, get(golden, "initial." + torch)));
        model.load(initial);
        return model;
    }

    private static Batch batch(Map<String, NDArray> golden, int i, NDManager scope) {
        NDArray x = get(golden, "batches.x").get(i);
        NDArray label = get(golden, "batches.labels").get(i);
        x.attach(scope);
        label.attach(scope);
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        arrays.put("x", Layout.channelsLast(x, scope));
        arrays.put("label", label);
        return Batch.of(16, arrays);
    }

    private static void assertClose(NDArray actual, NDArray expected, double tolerance) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        float[] a = actual.toFloatArray();
        float[] e = expected.toFloatArray();
        for (int i = 0; i < e.length; i++) {
            assertThat((double) a[i]).isCloseTo(e[i], within(tolerance * Math.max(1, Math.abs(e[i]))));
        }
    }

    private static NDArray get(Map<String, NDArray> golden, String name) {
        return Objects.requireNonNull(golden.get(name), name);
    }

    private static Map<String, NDArray> read(Path file, NDManager memory) {
        try {
            return Safetensors.read(file, memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
