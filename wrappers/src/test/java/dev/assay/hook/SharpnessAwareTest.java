package dev.assay.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.Layout;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharpnessAwareTest {
    private static final double RHO = 0.1;

    @TempDir
    Path folder;

    @Test
    void run_asHook_isBitEqualToTheStepByHand() throws Exception {
        ModelWrapper<ToyRun> byHand = new ByHand();
        ModelWrapper<ToyRun> byHook = new ToyWrapper() {
            @Override
            protected List<Hook> hooks(ToyRun config) {
                return List.of(new SharpnessAware(HookConfigs.sharpness()));
            }
        };
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
    void run_accumulating_isRefused() {
        assertThatThrownBy(() -> new HookedWrapper(() -> List.of(new SharpnessAware(HookConfigs.sharpness())))
                        .run(trial(training().withAccumulate(2))))
                .isInstanceOf(AssayException.class)
                .hasMessage("Hook (sharpness-aware) failed in postBackward: Step 0 has several batches;"
                        + " sharpness-aware minimization needs train.accumulate to be 1.");
    }

    @Test
    void run_gradientWithoutForward_saysSo() {
        ModelWrapper<ToyRun> wrapper = new ToyWrapper() {
            @Override
            protected List<Hook> hooks(ToyRun config) {
                return List.of(new SharpnessAware(HookConfigs.sharpness()));
            }

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

    /** The whole step written out. */
    private static final class ByHand extends ToyWrapper {
        @Override
        protected StepResult trainStep(StepContext step, Batch batch) {
            NDArray loss = step.forward(batch).loss();
            step.backward(loss);
            List<Runnable> back = ascend(step);

            step.zeroGradients();
            step.backward(step.forward(batch).loss());
            step.change(() -> back.forEach(Runnable::run));
            step.clipNorm(0.5);
            step.update();
            step.zeroGradients();
            return StepResult.manual(Map.of("loss", (double) loss.getFloat()));
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
}
