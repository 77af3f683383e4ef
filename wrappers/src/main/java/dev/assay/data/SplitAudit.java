package dev.assay.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which examples are in two partitions, or twice in one: those whose bytes are the same, whatever their labels. It finds copies, not
 * pictures that look alike.
 *
 * @param overlaps between two partitions, of which at least one is evaluated
 * @param duplicates within one partition, which then is both {@code first} and {@code second}
 * @param unread partitions of kinds whose examples cannot be compared
 */
public record SplitAudit(List<Overlap> overlaps, List<Overlap> duplicates, List<String> unread) {
    private static final int MOST_SHOWN = 5;
    private static final String TRAIN = "train";

    public SplitAudit {
        overlaps = List.copyOf(overlaps);
        duplicates = List.copyOf(duplicates);
        unread = List.copyOf(unread);
    }

    /**
     * What two partitions have in common.
     *
     * @param first name of the one
     * @param second name of the other
     * @param examples of the second that are in the first
     * @param size of the second
     * @param some the first few of them
     */
    public record Overlap(String first, String second, int examples, int size, List<Pair> some) {
        public Overlap {
            some = List.copyOf(some);
        }

        /** A line such as {@code 2 of 50 examples of test are in train (test 3 = train 17, test 4 = train 9)}. */
        @Override
        public String toString() {
            String shown = some.stream()
                    .map(pair -> second + " " + pair.second() + " = " + first + " " + pair.first())
                    .collect(Collectors.joining(", "));
            String more = examples > some.size() ? ", …" : "";
            return examples + " of " + size + " examples of " + second + " are "
                    + (first.equals(second) ? "there before" : "in " + first) + " (" + shown + more + ")";
        }
    }

    /**
     * Two examples that are the same.
     *
     * @param first number in the first partition
     * @param second number in the second
     */
    public record Pair(int first, int second) {}

    /**
     * Compares all partitions whose examples are in memory. Shifted ones are left out, since they are others by design. For 60,000 pictures
     * of 32×32 it takes a fraction of a second.
     */
    public static SplitAudit of(Datasets datasets) {
        Map<String, List<ExampleBytes>> examples = new TreeMap<>();
        List<String> unread = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(TRAIN));
        names.addAll(datasets.evaluated().keySet());
        names.removeIf(name -> {
            Partition partition = name.equals(TRAIN) ? datasets.train() : datasets.evaluated(name);
            Optional<List<ExampleBytes>> bytes = ExampleBytes.of(partition);
            bytes.ifPresentOrElse(each -> examples.put(name, each), () -> unread.add(name));
            return bytes.isEmpty();
        });
        return compare(names, examples, unread);
    }

    /** One line that says what is in two partitions; empty if nothing is. */
    public Optional<String> warning() {
        return overlaps.isEmpty()
                ? Optional.empty()
                : Optional.of("Partitions overlap: "
                        + overlaps.stream().map(Overlap::toString).collect(Collectors.joining("; "))
                        + ".");
    }

    private static SplitAudit compare(
            List<String> names, Map<String, List<ExampleBytes>> examples, List<String> unread) {
        List<Overlap> overlaps = new ArrayList<>();
        List<Overlap> duplicates = new ArrayList<>();
        Map<String, Map<ExampleBytes, Integer>> seen = new HashMap<>();
        for (String second : names) {
            List<ExampleBytes> each = examples.getOrDefault(second, List.of());
            for (String first : names.subList(0, names.indexOf(second))) {
                overlap(first, second, seen.getOrDefault(first, Map.of()), each).ifPresent(overlaps::add);
            }
            Map<ExampleBytes, Integer> own = new HashMap<>(each.size() * 2);
            List<Pair> twice = new ArrayList<>();
            for (int i = 0; i < each.size(); i++) {
                Integer before = own.putIfAbsent(each.get(i), i);
                if (before != null) {
                    twice.add(new Pair(before, i));
                }
            }
            overlap(second, second, twice, each.size()).ifPresent(duplicates::add);
            seen.put(second, own);
        }
        return new SplitAudit(overlaps, duplicates, unread);
    }

    private static Optional<Overlap> overlap(
            String first, String second, Map<ExampleBytes, Integer> there, List<ExampleBytes> examples) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Integer place = there.get(examples.get(i));
            if (place != null) {
                pairs.add(new Pair(place, i));
            }
        }
        return overlap(first, second, pairs, examples.size());
    }

    private static Optional<Overlap> overlap(String first, String second, List<Pair> pairs, int size) {
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Overlap(
                        first, second, pairs.size(), size, pairs.subList(0, Math.min(MOST_SHOWN, pairs.size()))));
    }
}
