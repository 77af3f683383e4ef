package dev.assay.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withPrecision;

import ai.djl.ndarray.NDArray;
import dev.assay.artifact.Artifacts;
import dev.assay.checkpoint.WeightFiles;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.Layout;
import dev.assay.engine.Native;
import dev.assay.engine.Scalars;
import dev.assay.error.AssayException;
import dev.assay.model.Mode;
import dev.assay.run.Outcome;
import dev.assay.training.Every;
import dev.assay.training.Hook;
import dev.assay.training.ImmutableToyTraining;
import dev.assay.training.MemoryTrial;
import dev.assay.training.ModelWrapper;
import dev.assay.training.StepContext;
import dev.assay.training.StepResult;
import dev.assay.training.ToyRun;
import dev.assay.training.ToyWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T3")
class SharpnessAwareTest {
    private static final double RHO = 0.1;

    @TempDir
    Path folder;

    @Test
    void run_asHook_isBitEqualToTheStepByHand() throws Exception {
        ModelWrapper<ToyRun> byHand = new ByHand();
        ModelWrapper<ToyRun> byHook = new Hooked();
        MemoryTrial first = trial(training());
        MemoryTrial second = trial(training());

        String weights = weights(byHand, first);

        assertThat(weights(byHook, second)).isEqualTo(weights);
        assertThat(second.points("train.loss")).isEqualTo(first.points("train.loss"));
        assertThat(weights(new ToyWrapper(), trial(training()))).isNotEqualTo(weights);
    }

    @Test
    void run_withNoise_takesBothGradientsUnderTheSame() throws Exception {
        List<float[]> seen = new ArrayList<>();
        Hook seeing = new Hook() {
            @Override
            public String name() {
                return "seeing";
            }

            @Override
            public Batch preForward(StepContext step, Batch batch) {
                seen.add(batch.get("image").toFloatArray());
                return batch;
            }
        };

        new HookedWrapper(() -> List.of(
                        new SharpnessAware(HookConfigs.sharpness()), new NoiseMixing(HookConfigs.noise()), seeing))
                .run(trial(training()));

        assertThat(seen.get(1)).isEqualTo(seen.get(0));
        assertThat(seen.get(2)).isNotEqualTo(seen.get(0));
    }

    @Test
    void run_accumulating_takesEachBatchsGradientWhereItsOwnLeads() throws Exception {
        ImmutableToyTraining accumulated =
                training().withClipNorm(Optional.empty()).withAccumulate(2).withBatchSize(12);

        Map<String, float[]> byHand = parameters(new Accumulating(), accumulated);
        Map<String, float[]> byHook = parameters(new Hooked(), accumulated);
        Map<String, float[]> without = parameters(new ToyWrapper(), accumulated);

        byHook.forEach((name, values) -> {
            float[] expected = Objects.requireNonNull(byHand.get(name));
            assertThat(values).as(name).containsExactly(expected, withPrecision(1e-5f));
            assertThat(distance(values, Objects.requireNonNull(without.get(name))))
                    .as(name)
                    .isGreaterThan(1e-3);
        });
    }

    @Test
    void run_gradientWithoutForward_saysSo() {
        ModelWrapper<ToyRun> wrapper = new Hooked() {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                return StepResult.loss(step.model().forward(batch, Mode.TRAIN).loss());
            }
        };
        assertThatThrownBy(() -> wrapper.run(trial(training())))
                .isInstanceOf(AssayException.class)
                .hasMessage("Hook (sharpness-aware) failed in postBackward: Step 0 computed a gradient without"
                        + " step.forward(batch), so it cannot be computed again elsewhere.");
    }

    private static ImmutableToyTraining training() {
        return ToyWrapper.fiveEpochs().withEpochs(2).withClipNorm(0.5).withRecordEvery(Every.steps(1));
    }

    private MemoryTrial trial(ToyRun.ToyTraining training) {
        return new MemoryTrial(ToyRun.of(training, 1), folder);
    }

    private static String weights(ModelWrapper<ToyRun> wrapper, MemoryTrial trial) throws Exception {
        Outcome.Completed outcome = (Outcome.Completed) wrapper.run(trial);
        return outcome.weights().orElseThrow().sha256();
    }

    private Map<String, float[]> parameters(ToyWrapper wrapper, ToyRun.ToyTraining training) throws Exception {
        MemoryTrial trial = trial(training);
        Outcome.Completed outcome = (Outcome.Completed) wrapper.run(trial);
        Map<String, float[]> values = new TreeMap<>();
        Native.run(memory -> {
            try {
                new WeightFiles(Artifacts.in(folder))
                        .load(outcome.weights().orElseThrow(), memory)
                        .forEach((name, array) -> values.put(name, array.toFloatArray()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return values;
    }

    private static double distance(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs(a[i] - b[i]))
                .max()
                .orElseThrow();
    }

    private static class Hooked extends ToyWrapper {
        @Override
        protected List<Hook> hooks(ToyRun config) {
            return List.of(new SharpnessAware(HookConfigs.sharpness()));
        }
    }

    /** The whole step written out. */
    private static class ByHand extends ToyWrapper {
        @Override
        protected StepResult trainStep(StepContext step, Batch batch) {
            double loss = gradientNearby(step, batch);
            step.clipNorm(0.5);
            step.update();
            step.zeroGradients();
            return StepResult.manual(Map.of("loss", loss));
        }

        static double gradientNearby(StepContext step, Batch batch) {
            NDArray loss = step.forward(batch).loss();
            step.backward(loss);
            List<Runnable> back = ascend(step);

            step.zeroGradients();
            step.backward(step.forward(batch).loss());
            step.change(() -> back.forEach(Runnable::run));
            return Scalars.value(loss);
        }

        private static List<Runnable> ascend(StepContext step) {
            double squares = Autograd.notRecording(() -> step.gradients().values().stream()
                    .mapToDouble(gradient -> gradient.square().sum().getFloat())
                    .sum());
            double factor = RHO / (Math.sqrt(squares) + 1e-12);
            List<Runnable> back = new ArrayList<>();
            step.changeEach((parameter, gradient) -> {
                NDArray before = parameter.duplicate();
                back.add(() -> Layout.copy(before, parameter));
                parameter.addi(gradient.mul(factor));
            });
            return back;
        }
    }

    /** The same with several batches a step: the gradients of those before are put aside for the time of a batch. */
    private static final class Accumulating extends ByHand {
        @Override
        protected StepResult trainStep(StepContext step, Batch batch) {
            Map<String, NDArray> aside = new TreeMap<>();
            step.change(() -> step.gradients().forEach((name, gradient) -> aside.put(name, gradient.duplicate())));
            step.zeroGradients();
            double loss = gradientNearby(step, batch);
            step.change(() -> step.gradients().forEach((name, gradient) -> gradient.addi(aside.get(name))));
            if (step.isLastOfStep()) {
                step.update();
                step.zeroGradients();
            }
            return StepResult.manual(Map.of("loss", loss));
        }
    }
}
