package dev.assay.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.assay.config.ConfigException;
import dev.assay.data.Batch;
import dev.assay.error.AssayException;
import dev.assay.training.Hook;
import dev.assay.training.ImmutableToyTraining;
import dev.assay.training.MemoryTrial;
import dev.assay.training.StepContext;
import dev.assay.training.ToyRun;
import dev.assay.training.ToyWrapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoiseMixingTest {
    @TempDir
    Path folder;

    @Test
    @Tag("T12")
    void config_mixtureThatDoesNotSumToOne_isAFault() {
        assertThatThrownBy(() -> ImmutableNoiseMixingConfig.builder()
                        .addMixture(HookConfigs.level(0, 0.5), HookConfigs.level(1, 0.4))
                        .build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("The proportions of the mixture must sum to 1");
        assertThatThrownBy(() -> ImmutableNoiseMixingConfig.builder().build()).isInstanceOf(ConfigException.class);
    }

    @Test
    @Tag("T12")
    void preForward_examples_haveTheLevelsInTheirProportions() throws Exception {
        List<Double> deviations = new ArrayList<>();
        for (float[][] pair : noise(7, 20)) {
            double squares = 0;
            for (int i = 0; i < pair[0].length; i++) {
                squares += Math.pow(pair[1][i] - pair[0][i], 2);
            }
            deviations.add(Math.sqrt(squares / pair[0].length));
        }

        long clean = deviations.stream().filter(d -> d == 0).count();
        double[] weak = deviations.stream()
                .filter(d -> d > 0 && d < 1)
                .mapToDouble(d -> d)
                .toArray();
        double[] strong =
                deviations.stream().filter(d -> d >= 1).mapToDouble(d -> d).toArray();
        assertThat(deviations).hasSize(800);
        assertThat(clean / 800.0).isCloseTo(0.5, within(0.06));
        assertThat(weak.length / 800.0).isCloseTo(0.3, within(0.06));
        assertThat(Arrays.stream(weak).average().orElseThrow()).isCloseTo(0.25, within(0.01));
        assertThat(Arrays.stream(strong).average().orElseThrow()).isCloseTo(2, within(0.05));
    }

    @Test
    @Tag("T12")
    void preForward_sameSeedAndStep_isTheSameNoise() throws Exception {
        List<float[][]> first = noise(7, 2);

        List<float[][]> second = noise(7, 2);

        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i)[1]).isEqualTo(first.get(i)[1]);
        }
        assertThat(noise(8, 2).get(0)[1]).isNotEqualTo(first.get(0)[1]);
    }

    @Test
    @Tag("T12")
    void preForward_wholeNumbers_isRefused() {
        Hook whole = new Hook() {
            @Override
            public String name() {
                return "whole";
            }

            @Override
            public Batch preForward(StepContext step, Batch batch) {
                return batch.with("image", batch.get("image").toType(DataType.UINT8, false));
            }
        };
        assertThatThrownBy(() ->
                        new HookedWrapper(() -> List.of(whole, new NoiseMixing(HookConfigs.noise()))).run(trial(1, 1)))
                .isInstanceOf(AssayException.class)
                .hasMessage("Hook (noise-mixing-image) failed in preForward: Input (image) is uint8;"
                        + " noise can be added to floating-point numbers only.");
    }

    /** Each example of a training before and after the noise. */
    private List<float[][]> noise(long seed, int epochs) throws Exception {
        List<float[]> before = new ArrayList<>();
        List<float[]> after = new ArrayList<>();
        new HookedWrapper(() -> List.of(
                        new Seeing("before", before), new NoiseMixing(HookConfigs.noise()), new Seeing("after", after)))
                .run(trial(seed, epochs));
        List<float[][]> pairs = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            pairs.add(new float[][] {before.get(i), after.get(i)});
        }
        return pairs;
    }

    private MemoryTrial trial(long seed, int epochs) {
        ImmutableToyTraining training = ToyWrapper.fiveEpochs().withEpochs(epochs);
        return new MemoryTrial(ToyRun.of(training, seed), folder);
    }

    private record Seeing(String name, List<float[]> seen) implements Hook {
        @Override
        public Batch preForward(StepContext step, Batch batch) {
            NDArray image = batch.get("image");
            for (int i = 0; i < batch.size(); i++) {
                seen.add(image.get(i).toFloatArray());
            }
            return batch;
        }
    }
}
