package dev.assay.benchmarks;

import ai.djl.ndarray.NDManager;
import dev.assay.data.Augmentation;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Flip;
import dev.assay.data.ImageFormat;
import dev.assay.data.ImagePartition;
import dev.assay.data.ImageSet;
import dev.assay.data.ImmutableAugmentation;
import dev.assay.data.Pass;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many pictures a second come out of a pass over 51,200 pictures of 32×32×3, in batches of 128, from the start of the pass to its close.
 * The reader does nothing, so the background thread is what is measured; it takes one core. Beside it a bare loop that does the same work on
 * one thread, without a pass, its order or its promises: the bound to compare with.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx2g", "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"})
public class ImageBatchesBenchmark {
    private static final int EXAMPLES = 51_200;
    private static final int BATCH = 128;
    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;
    private static final int PICTURE = 3 * PLANE;
    private static final int PAD = 4;
    private static final int CUTOUT = 8;

    @Param({"all", "none"})
    private String augmentation = "";

    private ImagePartition partition = partition(Augmentation.none(), 1);
    private NDManager manager = NDManager.newBaseManager();
    private long epoch;

    private final byte[] planes = new byte[EXAMPLES * PICTURE];
    private final float[][] tables = new float[3][256];
    private final float[] picture = new float[PICTURE];
    private final FloatBuffer memory = ByteBuffer.allocateDirect(BATCH * PICTURE * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();

    /** Makes pictures of random bytes. */
    @Setup
    public void makePictures() {
        boolean isOn = augmentation.equals("all");
        partition = partition(
                ImmutableAugmentation.builder()
                        .pad(isOn ? PAD : 0)
                        .flip(isOn ? Flip.RANDOM : Flip.NONE)
                        .cutout(isOn ? CUTOUT : 0)
                        .build(),
                EXAMPLES);
        SplittableRandom random = new SplittableRandom(7);
        random.nextBytes(planes);
        for (float[] table : tables) {
            for (int value = 0; value < table.length; value++) {
                table[value] = value / 64f - 2;
            }
        }
    }

    @TearDown
    public void close() {
        manager.close();
    }

    @Benchmark
    @OperationsPerInvocation(EXAMPLES)
    public long trainingPass() {
        long seen = 0;
        try (BatchStream batches = partition.batches(Pass.training(BATCH, new Seed(1), epoch++, false))) {
            while (batches.hasNext()) {
                try (NDManager step = manager.newSubManager()) {
                    Batch batch = batches.next(step);
                    seen += batch.size();
                }
            }
        }
        return seen;
    }

    /** Crops (with one value around the picture), flips, looks up and cuts, plane by plane, in any order. */
    @Benchmark
    @OperationsPerInvocation(EXAMPLES)
    public float bareLoop() {
        boolean isOn = augmentation.equals("all");
        SplittableRandom random = new SplittableRandom(epoch++);
        for (int i = 0; i < EXAMPLES; i++) {
            int example = random.nextInt(EXAMPLES);
            int down = isOn ? random.nextInt(2 * PAD + 1) - PAD : 0;
            int right = isOn ? random.nextInt(2 * PAD + 1) - PAD : 0;
            boolean isMirrored = isOn && random.nextInt(2) == 1;
            int row = random.nextInt(SIDE);
            int column = random.nextInt(SIDE);
            for (int channel = 0; channel < 3; channel++) {
                plane(example * PICTURE + channel * PLANE, channel, down, right, isMirrored);
                if (isOn) {
                    cut(channel * PLANE, row, column);
                }
            }
            memory.put(i % BATCH * PICTURE, picture);
        }
        return memory.get(0);
    }

    private void plane(int from, int channel, int down, int right, boolean isMirrored) {
        float[] table = tables[channel];
        int first = Math.max(0, -right);
        int end = Math.min(SIDE, SIDE - right);
        for (int y = 0; y < SIDE; y++) {
            int to = channel * PLANE + y * SIDE;
            if (y + down < 0 || y + down >= SIDE) {
                Arrays.fill(picture, to, to + SIDE, table[0]);
                continue;
            }
            Arrays.fill(picture, to, to + first, table[0]);
            Arrays.fill(picture, to + end, to + SIDE, table[0]);
            int row = from + (y + down) * SIDE;
            if (isMirrored) {
                for (int x = first; x < end; x++) {
                    picture[to + x] = table[planes[row + SIDE - 1 - x - right] & 0xFF];
                }
            } else {
                for (int x = first; x < end; x++) {
                    picture[to + x] = table[planes[row + x + right] & 0xFF];
                }
            }
        }
    }

    private void cut(int plane, int row, int column) {
        int left = Math.max(column - CUTOUT / 2, 0);
        int right = Math.min(column + CUTOUT / 2, SIDE);
        for (int y = Math.max(row - CUTOUT / 2, 0); y < Math.min(row + CUTOUT / 2, SIDE); y++) {
            Arrays.fill(picture, plane + y * SIDE + left, plane + y * SIDE + right, 0f);
        }
    }

    private static ImagePartition partition(Augmentation augmentation, int examples) {
        ImageFormat format = new ImageFormat(32, 32, 3);
        ImageSet.Builder images = ImageSet.builder(format, List.of("a", "b"), examples);
        RandomStream random = new Seed(7).stream("pictures");
        byte[] picture = new byte[format.bytes()];
        for (int i = 0; i < examples; i++) {
            for (int at = 0; at < picture.length; at++) {
                picture[at] = (byte) random.nextLong();
            }
            images.set(i, i % 2, picture);
        }
        return ImagePartition.training(images.build(), augmentation);
    }
}
