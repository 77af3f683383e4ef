package dev.assay.training;

import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.data.Datasets;
import dev.assay.model.Losses;
import dev.assay.model.Model;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.random.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Times whole steps of the loop, data included, for a ResNet-9-like network of widths 16, 32, 64 and 128 on 128 pictures a step. Arguments:
 * threads, steps.
 */
public final class StepBenchmark extends ModelWrapper<ToyRun> {
    private static final int BATCH = 128;
    private static final int WARM_UP = 20;

    private final long[] begins;

    private StepBenchmark(int steps) {
        this.begins = new long[steps];
    }

    public static void main(String[] arguments) throws Exception {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 120;
        StepBenchmark benchmark = new StepBenchmark(steps);
        Path folder = Files.createTempDirectory("benchmark");
        benchmark.run(new MemoryTrial(config(steps), folder, threads, trial -> false));
        benchmark.print(threads);
    }

    @Override
    protected Datasets createDatasets(ToyRun config, Seed seed) {
        return Datasets.training(MemoryPartition.clusters(4 * BATCH, new Shape(3, 32, 32), 10, 1));
    }

    @Override
    protected Model createModel(ToyRun config, DataInfo info) {
        return Model.of(Networks.resnet9(16))
                .input("image")
                .output("logits")
                .loss(Losses.crossEntropy("logits", "label"))
                .build();
    }

    @Override
    protected StepResult trainStep(StepContext step, Batch batch) {
        begins[(int) step.number()] = System.nanoTime();
        return super.trainStep(step, batch);
    }

    private static ToyRun config(int steps) {
        return ToyRun.of(
                ImmutableToyTraining.builder()
                        .epochs(steps / 4)
                        .batchSize(BATCH)
                        .optimizer(ImmutableSgd.builder()
                                .lr(0.01)
                                .momentum(0.9)
                                .weightDecay(5e-4)
                                .build())
                        .build(),
                1);
    }

    private void print(int threads) {
        double[] milliseconds = new double[begins.length - WARM_UP - 1];
        for (int i = 0; i < milliseconds.length; i++) {
            milliseconds[i] = (begins[WARM_UP + i + 1] - begins[WARM_UP + i]) / 1e6;
        }
        Arrays.sort(milliseconds);
        System.out.printf(
                Locale.ROOT,
                "threads %d: median %.1f ms a step, fastest %.1f, 90 %% below %.1f%n",
                threads,
                milliseconds[milliseconds.length / 2],
                milliseconds[0],
                milliseconds[milliseconds.length * 9 / 10]);
    }
}
