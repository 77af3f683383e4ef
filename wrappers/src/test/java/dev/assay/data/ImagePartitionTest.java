package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D1")
@Tag("D6")
@Tag("T27")
class ImagePartitionTest {
    private static final Seed SEED = new Seed(11);
    private static final Augmentation ALL =
            ImmutableAugmentation.builder().pad(2).flip(Flip.RANDOM).cutout(2).build();

    private NDManager manager = NDManager.newBaseManager();

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void noArrayIsLeft() {
        assertThat(manager.getManagedArrays()).isEmpty();
        manager.close();
    }

    @Test
    void next_inEvaluation_isThePicturesInOrderNormalisedAndNothingElse() {
        ImageSet images = Pictures.random(Pictures.FORMAT, 7);
        ImagePartition partition = ImagePartition.of(images, Normalisation.from(images), ALL);

        List<Example> examples = read(partition, Pass.evaluation(3));

        assertThat(examples).hasSize(7);
        for (int i = 0; i < 7; i++) {
            assertThat(examples.get(i)).isEqualTo(new Example(i % 3, normalised(partition, i)));
        }
    }

    @Test
    void next_givesKeyedArraysOfTheShapesSaid_withChannelsLastInMemory() {
        ImagePartition partition = ImagePartition.training(Pictures.random(Pictures.FORMAT, 7), ALL);

        assertThat(partition.shapes()).isEqualTo(Map.of("image", new Shape(3, 8, 6), "label", new Shape()));
        assertThat(partition.classes()).containsExactly("a", "b", "c");
        assertThat(partition.size()).isEqualTo(7);
        try (BatchStream batches = partition.batches(Pass.training(4, SEED, 0, false));
                NDManager scope = manager.newSubManager()) {
            Batch batch = batches.next(scope);

            assertThat(batch.names()).containsExactly("image", "label");
            assertThat(batch.get("image").getShape()).isEqualTo(new Shape(4, 3, 8, 6));
            assertThat(batch.get("image").getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(batch.get("label").getShape()).isEqualTo(new Shape(4));
            assertThat(batch.get("label").getDataType()).isEqualTo(DataType.INT64);
            assertThat(scope.getManagedArrays()).contains(batch.get("image"), batch.get("label"));
        }
    }

    @Test
    void pass_inTraining_hasEachExampleOnceInAnotherOrderEachEpoch() {
        ImagePartition partition = ImagePartition.training(Pictures.numbered(50), Augmentation.none());

        List<Example> first = read(partition, Pass.training(8, SEED, 0, false));
        List<Example> again = read(partition, Pass.training(8, SEED, 0, false));
        List<Example> second = read(partition, Pass.training(8, SEED, 1, false));
        List<Example> otherSeed = read(partition, Pass.training(8, new Seed(12), 0, false));
        List<Example> stored = read(partition, Pass.evaluation(8));

        assertThat(first).containsExactlyInAnyOrderElementsOf(stored).isNotEqualTo(stored);
        assertThat(again).isEqualTo(first);
        assertThat(second).containsExactlyInAnyOrderElementsOf(stored).isNotEqualTo(first);
        assertThat(otherSeed).isNotEqualTo(first);
    }

    @Test
    void pass_varied_dependsOnSeedAndEpochButNotOnBatchSizeOrTiming() {
        ImagePartition partition = ImagePartition.training(Pictures.random(Pictures.FORMAT, 50), ALL);

        List<Example> expected = read(partition, Pass.training(8, SEED, 0, false));

        assertThat(expected).isNotEqualTo(read(partition, Pass.training(8, SEED, 1, false)));
        assertThat(read(partition, Pass.training(1, SEED, 0, false))).isEqualTo(expected);
        assertThat(read(partition, Pass.training(50, SEED, 0, false))).isEqualTo(expected);
        assertThat(read(partition, Pass.training(1000, SEED, 0, false))).isEqualTo(expected);
        assertThat(IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i -> readSlowly(partition, Pass.training(8, SEED, 0, false), i))
                        .toList())
                .containsOnly(expected);
    }

    @Test
    void pass_alternating_showsEachPictureFromItsOtherSideInEveryOtherPass() {
        Augmentation sides =
                ImmutableAugmentation.builder().flip(Flip.ALTERNATING).build();
        ImagePartition partition = ImagePartition.training(Pictures.random(Pictures.FORMAT, 50), sides);
        Set<Example> stored = Set.copyOf(read(partition, Pass.evaluation(8)));

        List<Set<Example>> passes = IntStream.range(0, 4)
                .mapToObj(epoch -> Set.copyOf(read(partition, Pass.training(8, SEED, epoch, false))))
                .toList();

        assertThat(stored).hasSize(50);
        List<Set<Example>> unturned = passes.stream()
                .map(pass -> pass.stream().filter(stored::contains).collect(Collectors.toSet()))
                .toList();
        assertThat(unturned.get(0)).hasSizeBetween(15, 35).doesNotContainAnyElementsOf(unturned.get(1));
        assertThat(unturned.get(0).size() + unturned.get(1).size()).isEqualTo(50);
        assertThat(passes.get(2)).isEqualTo(passes.get(0)).isNotEqualTo(passes.get(1));
        assertThat(passes.get(3)).isEqualTo(passes.get(1));
        assertThat(Set.copyOf(read(partition, Pass.training(8, new Seed(12), 0, false))))
                .isNotEqualTo(passes.get(0));
    }

    @Test
    void tailBatch_isKeptOrDroppedAsAsked() {
        ImagePartition partition = ImagePartition.training(Pictures.numbered(10), Augmentation.none());

        assertThat(sizes(partition, Pass.training(4, SEED, 0, false))).containsExactly(4, 4, 2);
        assertThat(sizes(partition, Pass.training(4, SEED, 0, true))).containsExactly(4, 4);
        assertThat(sizes(partition, Pass.training(5, SEED, 0, true))).containsExactly(5, 5);
        assertThat(sizes(partition, Pass.training(11, SEED, 0, true))).isEmpty();
        assertThat(sizes(partition, Pass.evaluation(11))).containsExactly(10);
    }

    @Test
    void skip_anywhere_leavesLaterBatchesAsTheyWere() {
        ImagePartition partition = ImagePartition.training(Pictures.random(Pictures.FORMAT, 50), ALL);
        Pass pass = Pass.training(4, SEED, 3, false);
        List<Example> all = read(partition, pass);

        for (int before = 0; before <= 4; before++) {
            for (int skipped : new int[] {0, 1, 2, 5, 8}) {
                try (BatchStream batches = partition.batches(pass)) {
                    List<Example> read = new ArrayList<>();
                    for (int i = 0; i < before; i++) {
                        read.addAll(next(batches));
                    }
                    batches.skip(skipped);
                    while (batches.hasNext()) {
                        read.addAll(next(batches));
                    }

                    List<Example> expected = new ArrayList<>(all.subList(0, before * 4));
                    expected.addAll(all.subList((before + skipped) * 4, 50));
                    assertThat(read).as("%s read, %s skipped", before, skipped).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void skip_beyondTheEnd_endsThePass() {
        ImagePartition partition = ImagePartition.training(Pictures.numbered(10), Augmentation.none());

        try (BatchStream batches = partition.batches(Pass.training(4, SEED, 0, false));
                NDManager scope = manager.newSubManager()) {
            batches.next(scope);
            batches.skip(Long.MAX_VALUE);

            assertThat(batches.hasNext()).isFalse();
            assertThatThrownBy(() -> batches.next(scope))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("The pass has no more than 3 batches.");
            assertThatThrownBy(() -> batches.skip(-1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void memory_ofABatch_isValidUntilTheSecondNextAfterIt_alsoAcrossASkip() throws Exception {
        ImagePartition partition = ImagePartition.training(Pictures.numbered(200), Augmentation.none());
        Pass pass = Pass.training(4, SEED, 0, false);
        List<Example> all = read(partition, pass);

        try (BatchStream batches = partition.batches(pass);
                NDManager scope = manager.newSubManager()) {
            Batch previous = batches.next(scope);
            int place = 0;
            for (int step = 1; batches.hasNext(); step++) {
                int skipped = step % 5 == 0 && step < 40 ? 1 : 0;
                batches.skip(skipped);
                Batch current = batches.next(scope);
                Thread.sleep(2); // time enough for a batch to be prepared over the previous one
                assertThat(examples(previous)).isEqualTo(all.subList(place * 4, place * 4 + 4));
                place += 1 + skipped;
                assertThat(examples(current)).isEqualTo(all.subList(place * 4, place * 4 + 4));
                previous = current;
            }
        }
    }

    @Test
    void arrays_belongToTheScope_andReadThePreparedMemoryItself() {
        ImagePartition partition = ImagePartition.training(Pictures.numbered(64), ALL);

        try (BatchStream batches = partition.batches(Pass.training(4, SEED, 0, false))) {
            while (batches.hasNext()) {
                try (NDManager scope = manager.newSubManager()) {
                    batches.next(scope);
                    assertThat(scope.getManagedArrays()).hasSize(2);
                }
            }
        }
        assertThat(manager.getManagedArrays()).isEmpty();

        try (BatchMemory memory = new BatchMemory(new ImageFormat(1, 1, 1), 2)) {
            for (int count : List.of(1, 2)) {
                memory.put(0, new float[] {1}, 0);
                NDArray image = memory.batch(count).get("image");
                memory.put(0, new float[] {2}, 0);
                assertThat(image.toFloatArray()).hasSize(count).startsWith(2);
            }
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void memory_lentToAScope_isThereUntilThatIsClosed() throws Exception {
        BatchMemory memory = new BatchMemory(new ImageFormat(1, 1, 1), 1);
        WeakReference<BatchMemory> there = new WeakReference<>(memory);
        try (NDManager scope = manager.newSubManager()) {
            memory.lend(memory.batch(1), scope);
            memory.close();
            memory = null;
            System.gc();
            assertThat(there.get()).isNotNull();
        }
        for (int i = 0; i < 100 && there.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(there.get()).isNull();
    }

    @Test
    void close_early_endsTheThread() throws Exception {
        ImagePartition partition = ImagePartition.training(Pictures.random(Pictures.FORMAT, 50), ALL);
        List<Thread> before = readers();

        BatchStream batches = partition.batches(Pass.training(4, SEED, 0, false));
        try (NDManager scope = manager.newSubManager()) {
            batches.next(scope);
            List<Thread> during = readers();
            during.removeAll(before);
            assertThat(during).hasSize(1);
            batches.close();
            batches.close();
            during.get(0).join(Duration.ofSeconds(10).toMillis());

            assertThat(during.get(0).isAlive()).isFalse();
            assertThatThrownBy(() -> batches.next(scope))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The stream of batches is closed.");
        }
    }

    @Test
    void interrupt_whileWaiting_isKeptForTheCaller() {
        ImagePartition partition = ImagePartition.training(Pictures.random(Pictures.FORMAT, 50), ALL);

        List<Example> expected = read(partition, Pass.training(4, SEED, 0, false));
        Thread.currentThread().interrupt();
        List<Example> interrupted = read(partition, Pass.training(4, SEED, 0, false));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted).isEqualTo(expected);
    }

    @Test
    void partition_thatCannotBe_isRefused() {
        ImageSet images = Pictures.numbered(3);

        assertThatThrownBy(() -> ImagePartition.training(
                        images, ImmutableAugmentation.builder().pad(6).build()))
                .isInstanceOf(AssayException.class)
                .hasMessage("The pad (6) of pictures of 8×6×3 must be less than their height and width, since they are"
                        + " continued by reflection.");
        assertThatThrownBy(() -> ImagePartition.evaluation(images, new Normalisation(List.of(0.0), List.of(1.0))))
                .isInstanceOf(AssayException.class)
                .hasMessage("A normalisation of 1 channels does not fit pictures of 8×6×3; it must have 3.");
        assertThatThrownBy(() -> ImagePartition.training(images, ALL).batches(Pass.evaluation(0)))
                .isInstanceOf(AssayException.class)
                .hasMessage("The batch size (0) must be at least 1.");
    }

    /** An example as it came: its label and its values, row by row with the channels side by side. */
    private record Example(long label, List<Float> values) {}

    private List<Example> read(ImagePartition partition, Pass pass) {
        return readSlowly(partition, pass, 0);
    }

    private List<Example> readSlowly(ImagePartition partition, Pass pass, int pauseMillis) {
        List<Example> examples = new ArrayList<>();
        try (BatchStream batches = partition.batches(pass)) {
            while (batches.hasNext()) {
                examples.addAll(next(batches));
                if (pauseMillis > 0) {
                    pause(pauseMillis);
                }
            }
        }
        return examples;
    }

    private List<Example> next(BatchStream batches) {
        try (NDManager scope = manager.newSubManager()) {
            return examples(batches.next(scope));
        }
    }

    private static List<Example> examples(Batch batch) {
        float[] values = batch.get("image").transpose(0, 2, 3, 1).toFloatArray();
        long[] labels = batch.get("label").toLongArray();
        int each = values.length / labels.length;
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            List<Float> picture = new ArrayList<>();
            for (int at = i * each; at < (i + 1) * each; at++) {
                picture.add(values[at]);
            }
            examples.add(new Example(labels[i], picture));
        }
        return examples;
    }

    private static List<Float> normalised(ImagePartition partition, int example) {
        List<Float> values = new ArrayList<>();
        byte[] picture = partition.images().picture(example);
        for (int at = 0; at < picture.length; at++) {
            double mean = partition.normalisation().mean().get(at % 3);
            double std = partition.normalisation().std().get(at % 3);
            values.add((float) (((picture[at] & 0xFF) / 255.0 - mean) / std));
        }
        return values;
    }

    private List<Integer> sizes(ImagePartition partition, Pass pass) {
        List<Integer> sizes = new ArrayList<>();
        try (BatchStream batches = partition.batches(pass)) {
            while (batches.hasNext()) {
                sizes.add(next(batches).size());
            }
        }
        return sizes;
    }

    private static List<Thread> readers() {
        List<Thread> readers = new ArrayList<>(Thread.getAllStackTraces().keySet());
        readers.removeIf(thread -> !thread.getName().equals("assay-batches"));
        return readers;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
