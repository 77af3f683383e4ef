package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.engine.NativeEngine;
import dev.assay.error.AssayException;
import dev.assay.hook.NoiseMixingConfig.NoiseLevel;
import dev.assay.random.RandomStream;
import dev.assay.training.Hook;
import dev.assay.training.StepContext;
import java.util.Arrays;
import java.util.List;

/**
 * Adds normal noise to an input of the training data. Each example draws its level from a mixture, so that some may stay clean. Levels and
 * noise depend on the seed, the step and the name of the input only.
 */
public final class NoiseMixing implements Hook {
    private final NoiseMixingConfig config;

    public NoiseMixing(NoiseMixingConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "noise-mixing-" + config.input();
    }

    @Override
    public Batch preForward(StepContext step, Batch batch) {
        NDArray input = batch.get(config.input());
        if (!input.getDataType().isFloating()) {
            throw new AssayException("Input (" + config.input() + ") is " + input.getDataType()
                    + "; noise can be added to floating-point numbers only.");
        }
        RandomStream random = step.random(name());
        NDManager manager = step.manager();
        NDArray levels = manager.create(levels(batch.size(), random)).reshape(oneEach(input.getShape()));
        // The engine's generator is seeded for each batch; here once more, so that other draws before this one do not
        // matter.
        NativeEngine.seed(random.nextLong());
        NDArray noise = manager.randomNormal(0, 1, input.getShape(), input.getDataType());
        return batch.with(config.input(), input.add(noise.mul(levels)));
    }

    private float[] levels(int examples, RandomStream random) {
        float[] levels = new float[examples];
        for (int i = 0; i < examples; i++) {
            levels[i] = (float) level(random.nextDouble());
        }
        return levels;
    }

    private double level(double uniform) {
        List<NoiseLevel> mixture = config.mixture();
        double sum = 0;
        for (NoiseLevel each : mixture) {
            sum += each.proportion();
            if (uniform < sum) {
                return each.level();
            }
        }
        return mixture.get(mixture.size() - 1).level();
    }

    private static Shape oneEach(Shape shape) {
        long[] sizes = new long[shape.dimension()];
        Arrays.fill(sizes, 1);
        sizes[0] = shape.get(0);
        return new Shape(sizes);
    }
}
