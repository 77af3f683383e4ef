package dev.assay.benchmarks;

import ai.djl.ndarray.NDManager;
import dev.assay.data.Augmentation;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.ImageFormat;
import dev.assay.data.ImagePartition;
import dev.assay.data.ImageSet;
import dev.assay.data.ImmutableAugmentation;
import dev.assay.data.Pass;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.List;
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
 * How many pictures a second come out of a pass over 51,200 pictures of 32×32×3, in batches of 512, from the start of the pass to its close.
 * The reader does nothing, so the background thread is what is measured; it takes one core.
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

    @Param({"all", "none"})
    private String augmentation = "";

    private ImagePartition partition = partition(Augmentation.none(), 1);
    private NDManager manager = NDManager.newBaseManager();
    private long epoch;

    /** Makes pictures of random bytes. */
    @Setup
    public void makePictures() {
        boolean isOn = augmentation.equals("all");
        partition = partition(
                ImmutableAugmentation.builder()
                        .pad(isOn ? 4 : 0)
                        .flip(isOn)
                        .cutout(isOn ? 8 : 0)
                        .build(),
                EXAMPLES);
    }

    @TearDown
    public void close() {
        manager.close();
    }

    @Benchmark
    @OperationsPerInvocation(EXAMPLES)
    public long trainingPass() {
        long seen = 0;
        try (BatchStream batches = partition.batches(Pass.training(512, new Seed(1), epoch++, false))) {
            while (batches.hasNext()) {
                try (NDManager step = manager.newSubManager()) {
                    Batch batch = batches.next(step);
                    seen += batch.size();
                }
            }
        }
        return seen;
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
