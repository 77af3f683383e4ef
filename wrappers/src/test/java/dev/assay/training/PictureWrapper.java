package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.assay.data.Batch;
import dev.assay.data.Datasets;
import dev.assay.data.Flip;
import dev.assay.data.ImageFormat;
import dev.assay.data.ImagePartition;
import dev.assay.data.ImageSet;
import dev.assay.data.ImmutableAugmentation;
import dev.assay.data.Role;
import dev.assay.model.BatchNorm;
import dev.assay.model.Dropout;
import dev.assay.model.Losses;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Everything that has a state or is random: augmented pictures, convolution, batch norm, dropout, and a hook with arrays and numbers. */
public class PictureWrapper extends ToyWrapper {

    @Override
    protected Datasets createDatasets(ToyRun config, Seed seed) {
        ImagePartition train = ImagePartition.training(
                pictures(44, 1),
                ImmutableAugmentation.builder()
                        .pad(1)
                        .flip(Flip.RANDOM)
                        .cutout(2)
                        .build());
        return Datasets.training(train)
                .with("val", Role.VALIDATE, ImagePartition.evaluation(pictures(20, 2), train.normalisation()));
    }

    private static ImageSet pictures(int size, long seed) {
        RandomStream random = new Seed(seed).stream("pictures");
        ImageFormat format = new ImageFormat(8, 8, 3);
        ImageSet.Builder set = ImageSet.builder(format, List.of("dark", "light"), size);
        for (int i = 0; i < size; i++) {
            byte[] pixels = new byte[format.bytes()];
            int label = i % 2;
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = (byte) (random.nextInt(160) + 60 * label);
            }
            set.set(i, label, pixels);
        }
        return set.build();
    }

    @Override
    protected Model createModel(ToyRun config, DataInfo info) {
        SequentialBlock block = new SequentialBlock()
                .add(Networks.convolution(6, false))
                .add(new BatchNorm())
                .add(Activation.reluBlock())
                .add(new Dropout(0.3))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(2).build());
        return Model.of(block)
                .input("image")
                .output("logits")
                .loss(Losses.crossEntropy("logits", "label"))
                .build();
    }

    @Override
    protected List<Hook> hooks(ToyRun config) {
        return List.of(new Remembering());
    }

    /** Adds noise that depends on all steps before. */
    private static final class Remembering implements Hook {
        private double steps;

        @SuppressWarnings("NullAway.Init")
        private NDArray sum;

        @Override
        public String name() {
            return "remembering";
        }

        @Override
        public void begin(Start start) {
            sum = start.memory().create(0f);
        }

        @Override
        public Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
            NDArray scale = step.model()
                    .parameters()
                    .values()
                    .iterator()
                    .next()
                    .square()
                    .mean();
            return outputs.plusLoss(scale.mul(sum.getFloat() * 1e-3 + steps * 1e-4));
        }

        @Override
        public void postOptimizer(StepContext step) {
            steps++;
            float noise = (float) step.random("noise").nextDouble();
            sum.addi(noise);
        }

        @Override
        public Map<String, NDArray> tensors() {
            return Map.of("sum", sum);
        }

        @Override
        public Map<String, Double> numbers() {
            return Map.of("steps", steps);
        }

        @Override
        public void restore(Map<String, NDArray> tensors, Map<String, Double> numbers) {
            sum.subi(sum).addi(Objects.requireNonNull(tensors.get("sum")));
            steps = numbers.getOrDefault("steps", 0.0);
        }
    }
}
