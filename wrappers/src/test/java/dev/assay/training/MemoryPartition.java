package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** Labelled examples in Java arrays: {@code image} of any shape and {@code label}. */
public final class MemoryPartition implements Partition {
    private final Shape shape;
    private final float[][] images;
    private final long[] labels;
    private final int classes;

    public MemoryPartition(Shape shape, float[][] images, long[] labels, int classes) {
        this.shape = shape;
        this.images = images;
        this.labels = labels;
        this.classes = classes;
    }

    /** Normal noise around a random centre for each class, so easy to learn; the centres depend on the classes and the shape only. */
    public static MemoryPartition clusters(int examples, Shape shape, int classes, long seed) {
        RandomStream random = new Seed(seed).stream("examples");
        float[][] images = new float[examples][(int) shape.size()];
        long[] labels = new long[examples];
        for (int i = 0; i < examples; i++) {
            labels[i] = random.nextInt(classes);
            RandomStream centre = new Seed(labels[i]).stream("centre");
            for (int j = 0; j < images[i].length; j++) {
                images[i][j] = (float) (centre.nextGaussian() + random.nextGaussian());
            }
        }
        return new MemoryPartition(shape, images, labels, classes);
    }

    @Override
    public long size() {
        return labels.length;
    }

    @Override
    public Map<String, Shape> shapes() {
        return Map.of("image", shape, "label", new Shape());
    }

    @Override
    public List<String> classes() {
        return IntStream.range(0, classes).mapToObj(i -> "class" + i).toList();
    }

    @Override
    public BatchStream batches(Pass pass) {
        int[] order = pass.order()
                .map(seed -> seed.stream("order", pass.epoch()).permutation(labels.length))
                .orElseGet(() -> IntStream.range(0, labels.length).toArray());
        return new Stream(order, pass);
    }

    private final class Stream implements BatchStream {
        private final int[] order;
        private final Pass pass;
        private long next;

        Stream(int[] order, Pass pass) {
            this.order = order;
            this.pass = pass;
        }

        @Override
        public boolean hasNext() {
            return next < pass.batches(order.length);
        }

        @Override
        public Batch next(NDManager scope) {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int begin = (int) next++ * pass.batchSize();
            int size = Math.min(pass.batchSize(), order.length - begin);
            LongBuffer label = LongBuffer.allocate(size);
            float[][] rows = new float[size][];
            for (int i = 0; i < size; i++) {
                rows[i] = images[order[begin + i]];
                label.put(labels[order[begin + i]]);
            }
            NDArray array = shape.dimension() == 3 ? channelsLast(scope, rows) : scope.create(rows);
            NDArray classOf = scope.create(label.flip(), new Shape(size), DataType.INT64);
            return Batch.of(size, Map.of("image", array, "label", classOf));
        }

        /** Pictures are written with their channel last and then seen as (N, C, H, W), as a data pipeline should do it. */
        private NDArray channelsLast(NDManager scope, float[][] rows) {
            int channels = (int) shape.get(0);
            int pixels = (int) shape.size() / channels;
            FloatBuffer image = FloatBuffer.allocate(rows.length * pixels * channels);
            for (float[] row : rows) {
                for (int pixel = 0; pixel < pixels; pixel++) {
                    for (int channel = 0; channel < channels; channel++) {
                        image.put(row[channel * pixels + pixel]);
                    }
                }
            }
            Shape last = new Shape(rows.length, shape.get(1), shape.get(2), channels);
            return scope.create(image.flip(), last, DataType.FLOAT32).transpose(0, 3, 1, 2);
        }

        @Override
        public void skip(long batches) {
            next += batches;
        }

        @Override
        public void close() {}
    }
}
