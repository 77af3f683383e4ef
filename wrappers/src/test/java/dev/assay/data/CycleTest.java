package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("D2")
@Tag("D3")
class CycleTest {
    private static final Pass PASS = Pass.training(4, new Seed(11), 2, false);
    private static final Augmentation ALL =
            ImmutableAugmentation.builder().pad(2).flip(Flip.RANDOM).cutout(2).build();

    /** Each way to cycle over the same three partitions, of 7, 2 and 1 batches of four. */
    enum Way {
        LONGEST,
        SHORTEST,
        EXHAUST,
        RATIO,
        NESTED;

        Partition of(Map<String, Partition> sources) {
            return switch (this) {
                case LONGEST -> Cycle.longest(sources);
                case SHORTEST -> Cycle.shortest(sources);
                case EXHAUST -> Cycle.exhaust(sources);
                case RATIO -> Cycle.ratio(sources, Map.of("a", 3, "b", 1, "c", 2));
                case NESTED -> Cycle.exhaust(Map.of("inner", Cycle.longest(sources), "one", numbers(200, 5)));
            };
        }
    }

    @Test
    void longest_beginsShorterOnesAnewUntilTheLongestEnds() {
        assertThat(sources(Cycle.longest(three()), PASS)).isEqualTo("abc".repeat(7));
    }

    @Test
    void shortest_stopsWithTheShortest() {
        assertThat(sources(Cycle.shortest(three()), PASS)).isEqualTo("abc");
    }

    @Test
    void exhaust_takesTurnsUntilAllAreEmpty() {
        assertThat(sources(Cycle.exhaust(three()), PASS)).isEqualTo("abcabaaaaa");
    }

    @Test
    void ratio_spreadsTurnsByWeightUntilEachWasReadToItsEnd() {
        assertThat(sources(Cycle.ratio(three(), Map.of("a", 3, "b", 1, "c", 2)), PASS))
                .isEqualTo("acabca".repeat(3));
        assertThat(sources(Cycle.ratio(three(), Map.of("a", 1, "b", 1, "c", 1)), PASS))
                .isEqualTo("abc".repeat(7));
    }

    @Test
    void evaluation_readsOneAfterTheOtherEveryExampleOnce() {
        for (Way way : List.of(Way.LONGEST, Way.SHORTEST, Way.EXHAUST, Way.RATIO)) {
            Partition cycle = way.of(three());

            assertThat(sources(cycle, Pass.evaluation(4))).isEqualTo("aaaaaaabbc");
            assertThat(Batches.longs(cycle, Pass.evaluation(4), "id"))
                    .containsExactly(LongStream.concat(
                                    LongStream.range(0, 26),
                                    LongStream.concat(LongStream.range(100, 108), LongStream.range(200, 203)))
                            .toArray());
            assertThat(cycle.size()).isEqualTo(26 + 8 + 3);
        }
    }

    @Test
    void longest_showsEveryExampleOfEachLap_inAnotherOrderEachLap() {
        long[] ids = Batches.longs(Cycle.longest(three()), Pass.training(4, new Seed(11), 0, false), "id");

        long[] ofB = LongStream.of(ids).filter(id -> id >= 100 && id < 200).toArray();
        List<List<Long>> laps = new ArrayList<>();
        for (int lap = 0; lap < 3; lap++) {
            laps.add(LongStream.of(ofB).skip(lap * 8L).limit(8).boxed().toList());
            assertThat(laps.get(lap)).containsExactlyInAnyOrder(100L, 101L, 102L, 103L, 104L, 105L, 106L, 107L);
        }
        assertThat(new HashSet<>(laps)).hasSize(3);
        assertThat(LongStream.of(ids).filter(id -> id < 100).toArray())
                .hasSize(26)
                .doesNotHaveDuplicates();
    }

    @Test
    void longest_inTheNextEpoch_repeatsNoLapOfTheLast() {
        Set<List<Long>> laps = new HashSet<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            long[] ids = Batches.longs(Cycle.longest(three()), Pass.training(4, new Seed(11), epoch, false), "id");
            long[] ofB = LongStream.of(ids).filter(id -> id >= 100 && id < 200).toArray();
            for (int lap = 0; lap < 3; lap++) {
                laps.add(LongStream.of(ofB).skip(lap * 8L).limit(8).boxed().toList());
            }
        }

        assertThat(laps).hasSize(9);
    }

    @Test
    void sources_ofOneSize_areShuffledDifferently() {
        Map<String, Partition> twins = new LinkedHashMap<>();
        twins.put("a", numbers(0, 20));
        twins.put("b", numbers(100, 20));

        long[] ids = Batches.longs(Cycle.longest(twins), Pass.training(20, new Seed(1), 0, false), "id");

        assertThat(LongStream.of(ids).skip(20).map(id -> id - 100).toArray())
                .isNotEqualTo(LongStream.of(ids).limit(20).toArray());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("E9")
    void skip_anywhere_leavesLaterBatchesBitForBit(Way way) {
        Partition cycle = way.of(pictures());
        for (Pass pass : List.of(PASS, Pass.evaluation(4), Pass.training(4, new Seed(3), 1, true))) {
            List<Batches.Copy> all = Batches.read(cycle, pass);

            assertThat(Batches.read(cycle, pass)).isEqualTo(all);
            for (int skipped = 0; skipped <= all.size(); skipped++) {
                assertThat(Batches.readAfter(skipped, cycle, pass)).isEqualTo(all.subList(skipped, all.size()));
            }
            try (BatchStream batches = cycle.batches(pass)) {
                assertThat(Batches.next(batches)).isEqualTo(all.get(0));
                batches.skip(1);
                if (all.size() > 2) {
                    assertThat(Batches.next(batches)).isEqualTo(all.get(2));
                }
                batches.skip(Long.MAX_VALUE);
                assertThat(batches.hasNext()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void batchCountAndSizes_areKnownWithoutReading(Way way) {
        Partition cycle = way.of(pictures());
        for (Pass pass : List.of(PASS, Pass.evaluation(4), Pass.training(4, new Seed(3), 1, true))) {
            List<Integer> sizes =
                    Batches.read(cycle, pass).stream().map(Batches.Copy::size).toList();

            assertThat(cycle.batchCount(pass)).isEqualTo(sizes.size());
            assertThat(IntStream.range(0, sizes.size())
                            .map(batch -> cycle.batchSize(pass, batch))
                            .boxed()
                            .toList())
                    .isEqualTo(sizes);
            assertThatThrownBy(() -> cycle.batchSize(pass, sizes.size())).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void next_saysFromWhichSource_alsoWithinAnother() {
        Map<String, Partition> outer = new LinkedHashMap<>();
        outer.put("x", Cycle.longest(three()));
        outer.put("y", numbers(300, 4));

        try (BatchStream batches = Cycle.exhaust(outer).batches(PASS);
                NDManager scope = NDManager.newBaseManager()) {
            assertThat(batches.next(scope).source()).contains("x/a");
            assertThat(batches.next(scope).source()).contains("y");
        }
        try (BatchStream batches = numbers(0, 4).batches(PASS);
                NDManager scope = NDManager.newBaseManager()) {
            assertThat(batches.next(scope).source()).isEmpty();
        }
    }

    @Test
    void memory_ofABatch_isValidUntilTheSecondNextAfterIt() {
        Cycle cycle = Cycle.longest(pictures());
        List<Batches.Copy> all = Batches.read(cycle, PASS);

        try (BatchStream batches = cycle.batches(PASS);
                NDManager scope = NDManager.newBaseManager()) {
            Batch previous = batches.next(scope);
            for (int i = 1; batches.hasNext(); i++) {
                Batch current = batches.next(scope);
                assertThat(Batches.copy(previous)).isEqualTo(all.get(i - 1));
                previous = current;
            }
        }
    }

    @Test
    void shapesAndClasses_areThoseInCommon() {
        Cycle cycle = Cycle.longest(Map.of("labelled", picture(), "bare", numbers(0, 4)));

        assertThat(cycle.shapes()).isEmpty();
        assertThat(cycle.classes()).containsExactly("a", "b", "c");
        assertThat(Cycle.longest(pictures()).shapes())
                .isEqualTo(Map.of("image", new Shape(3, 8, 6), "label", new Shape()));
    }

    @Test
    void cycle_thatCannotBe_isRefused() {
        Partition flat =
                ArrayPartition.builder().floats("image", new Shape(2), 1, 2).build();
        assertThatThrownBy(() -> Cycle.longest(Map.of()))
                .isInstanceOf(AssayException.class)
                .hasMessage("A cycle of no partitions was asked for; it must have at least one.");
        assertThatThrownBy(() -> Cycle.longest(ordered("a", picture(), "flat", flat)))
                .isInstanceOf(AssayException.class)
                .hasMessage("Array (image) of one example has shape (3, 8, 6) in partition (a) and (2) in another;"
                        + " partitions of a cycle must have the same.");
        assertThatThrownBy(() -> Cycle.longest(ordered(
                        "a",
                        numbers(0, 4).withClasses(List.of("x")),
                        "b",
                        numbers(0, 4).withClasses(List.of("y")))))
                .isInstanceOf(AssayException.class)
                .hasMessage(
                        "The partitions [a, b] of a cycle have different classes, [[x], [y]]; they must be the same.");
        assertThatThrownBy(() -> Cycle.ratio(three(), Map.of("a", 1, "b", 0, "d", 1)))
                .isInstanceOf(AssayException.class)
                .hasMessage(
                        "The weights {a=1, b=0, d=1} of the partitions [a, b, c] must have a positive number for each"
                                + " of them and no other.");
    }

    @Test
    void longest_withASourceOfNoWholeBatch_hasNoBatches() {
        Pass pass = Pass.training(4, new Seed(1), 0, true);

        assertThat(Cycle.longest(three()).batchCount(pass)).isZero();
        assertThat(Cycle.exhaust(three()).batchCount(pass)).isEqualTo(6 + 2);
    }

    @Test
    void stream_misused_saysSo() {
        BatchStream batches = Cycle.shortest(three()).batches(PASS);
        batches.skip(3);
        try (NDManager scope = NDManager.newBaseManager()) {
            assertThatThrownBy(() -> batches.next(scope))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("The pass has no more than 3 batches.");
            assertThatThrownBy(() -> batches.skip(-1)).isInstanceOf(IllegalArgumentException.class);
            batches.close();
            assertThatThrownBy(() -> batches.next(scope)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static String sources(Partition cycle, Pass pass) {
        StringBuilder letters = new StringBuilder();
        Batches.read(cycle, pass).forEach(batch -> letters.append(batch.source().orElse("-")));
        return letters.toString();
    }

    private static Map<String, Partition> three() {
        Map<String, Partition> three = new LinkedHashMap<>();
        three.put("a", numbers(0, 26));
        three.put("b", numbers(100, 8));
        three.put("c", numbers(200, 3));
        return three;
    }

    private static Map<String, Partition> pictures() {
        Map<String, Partition> three = new LinkedHashMap<>();
        ImageSet images = Pictures.random(Pictures.FORMAT, 46);
        int from = 0;
        for (int size : new int[] {26, 12, 8}) {
            ImageSet part = images.select(IntStream.range(from, from + size).toArray());
            three.put(String.valueOf((char) ('a' + three.size())), ImagePartition.training(part, ALL));
            from += size;
        }
        return three;
    }

    private static Map<String, Partition> ordered(String one, Partition first, String other, Partition second) {
        Map<String, Partition> both = new LinkedHashMap<>();
        both.put(one, first);
        both.put(other, second);
        return both;
    }

    private static ImagePartition picture() {
        return ImagePartition.training(Pictures.random(Pictures.FORMAT, 4), ALL);
    }

    private static ArrayPartition numbers(long from, int size) {
        return ArrayPartition.builder()
                .longs("id", new Shape(), LongStream.range(from, from + size).toArray())
                .build();
    }
}
