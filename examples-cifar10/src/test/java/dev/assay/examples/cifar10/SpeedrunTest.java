package dev.assay.examples.cifar10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.config.ConfigReader;
import dev.assay.data.Batch;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.engine.NativeEngine;
import dev.assay.examples.cifar10.data.CifarDatasets;
import dev.assay.junit.WrapperTest;
import dev.assay.model.Outputs;
import dev.assay.training.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K6")
@Tag("T8")
class SpeedrunTest implements WrapperTest<SpeedrunRun> {
    private static final int DIRECTIONS = 12;

    @Override
    public Speedrun wrapper() {
        return new Speedrun();
    }

    @Override
    public SpeedrunRun config() {
        return ConfigReader.of(SpeedrunRun.class).parse("""
                data: {kind: synthetic, trainExamples: 48, testExamples: 16, augmentation: {flip: alternating, pad: 2}}
                model: {kind: speedrun, width: 8}
                train:
                  epochs: 4
                  batchSize: 16
                  optimizer: {kind: sgd, lr: 2, momentum: 0.85, nesterov: true}
                  filterOptimizer: {kind: muon, lr: 0.1, weightDecay: 0, iterations: 3, normalize: true}
                  lookahead: {every: 2}
                seed: 1
                """, "config");
    }

    @Test
    void filters_ofTheFirstLayer_findUncorrelatedValuesOfOneSizeInPatches() throws Exception {
        Partition train = CifarDatasets.load(config().data()).train();
        NativeEngine.call(1, () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                float[] filters = Whitening.filters(train, 48, memory).toFloatArray();
                float[] images = train.batches(Pass.evaluation(48))
                        .next(memory)
                        .get("image")
                        .toFloatArray();

                assertThat(filters).hasSize(2 * DIRECTIONS * DIRECTIONS);
                for (int i = 0; i < DIRECTIONS * DIRECTIONS; i++) {
                    assertThat(filters[DIRECTIONS * DIRECTIONS + i]).isEqualTo(-filters[i]);
                }
                double[][] moments = moments(filters, images);
                assertThat(moments[0][0]).isCloseTo(1, within(1e-3));
                for (int i = 0; i < DIRECTIONS; i++) {
                    assertThat(moments[i][i]).isBetween(0.0, 1.001);
                    for (int j = 0; j < i; j++) {
                        assertThat(moments[i][j]).isCloseTo(0, within(5e-3));
                    }
                }
            }
            return true;
        });
    }

    /** Means over all patches of products of what two filters find in them. */
    private static double[][] moments(float[] filters, float[] images) {
        double[][] sums = new double[DIRECTIONS][DIRECTIONS];
        int patches = 0;
        double[] found = new double[DIRECTIONS];
        for (int start = 0; start < images.length; start += 3 * 1024) {
            for (int y = 0; y < 31; y++) {
                for (int x = 0; x < 31; x++) {
                    patches++;
                    for (int filter = 0; filter < DIRECTIONS; filter++) {
                        found[filter] = 0;
                        for (int k = 0; k < DIRECTIONS; k++) {
                            int pixel = k / 4 * 1024 + (y + k / 2 % 2) * 32 + x + k % 2;
                            found[filter] += filters[filter * DIRECTIONS + k] * images[start + pixel];
                        }
                    }
                    for (int i = 0; i < DIRECTIONS; i++) {
                        for (int j = 0; j <= i; j++) {
                            sums[i][j] += found[i] * found[j];
                        }
                    }
                }
            }
        }
        for (double[] row : sums) {
            for (int j = 0; j < DIRECTIONS; j++) {
                row[j] /= patches;
            }
        }
        return sums;
    }

    @Test
    void accuracyOfViews_seesSixOfThem_thePictureItselfForHalf() throws Exception {
        List<List<Float>> seen = new ArrayList<>();
        NativeEngine.call(1, () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                NDArray image = memory.arange(9f).reshape(1, 1, 3, 3);
                Batch batch = Batch.of(1, Map.of("image", image, "label", memory.create(new long[] {1})));
                // The views vote for class 0 with 1 each, all but the mirrored picture, so that class 1 has 2 to 2 but
                // for a little.
                AccuracyOfViews measure = new AccuracyOfViews(view -> {
                    List<Float> pixels = new ArrayList<>();
                    for (float pixel : view.get("image").toFloatArray()) {
                        pixels.add(pixel);
                    }
                    seen.add(pixels);
                    return memory.create(
                            seen.size() == 1 ? new float[] {0, 1.1f} : new float[] {1, 0}, new Shape(1, 2));
                });
                NDArray plain = memory.create(new float[] {0, 1}, new Shape(1, 2));
                Measure.Counting counting = measure.begin();
                counting.add(
                        batch,
                        new Outputs(Map.of("logits", plain), Optional.empty()),
                        List.of(plain, batch.get("label")));

                assertThat(counting.values()).isEqualTo(Map.of("accuracyOfViews", 1.0));
            }
            return true;
        });
        assertThat(seen)
                .containsExactly(
                        pixels(2, 1, 0, 5, 4, 3, 8, 7, 6),
                        pixels(4, 3, 4, 1, 0, 1, 4, 3, 4),
                        pixels(4, 3, 4, 1, 0, 1, 4, 3, 4),
                        pixels(4, 5, 4, 7, 8, 7, 4, 5, 4),
                        pixels(4, 5, 4, 7, 8, 7, 4, 5, 4));
    }

    private static List<Float> pixels(float... values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
