package dev.assay.data;

import ai.djl.ndarray.types.Shape;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Several named partitions of any sizes as one. A batch has examples of one of them and says of which ({@link Batch#source}); the sources
 * take turns, in an order that is the same in every pass. How long a training pass lasts is what the kinds differ in:
 *
 * <ul>
 *   <li>{@link #longest}: rounds of a batch from each source, until each was read to its end; shorter ones begin anew meanwhile.
 *   <li>{@link #shortest}: such rounds until one source is read to its end; the others stop short.
 *   <li>{@link #exhaust}: each source once; those at their end drop out of the rounds.
 *   <li>{@link #ratio}: as {@link #longest}, with as many batches of each source in a round as its weight says, spread over the round.
 * </ul>
 *
 * <p>Each source is shuffled and varied by a seed of its own, made from the pass's and the source's name, and anew each time it begins anew.
 * An evaluation pass of any kind reads the sources one after the other, every example once. Immutable.
 */
public final class Cycle implements Partition {
    private final List<String> names;
    private final List<Partition> sources;
    private final Map<String, Shape> shapes;
    private final List<String> classes;
    private final Kind kind;

    /** Makes the turns of a training pass from the number of batches of each source. */
    private interface Kind {
        Turns turns(long[] counts);
    }

    private Cycle(Map<String, Partition> sources, Kind kind) {
        if (sources.isEmpty()) {
            throw new AssayException("A cycle of no partitions was asked for; it must have at least one.");
        }
        this.names = List.copyOf(sources.keySet());
        this.sources = List.copyOf(sources.values());
        this.shapes = commonShapes(sources);
        this.classes = commonClasses(sources);
        this.kind = kind;
    }

    /**
     * A batch of each in turn, until each was read to its end.
     *
     * @param sources by name, in the order of their turns
     * @throws AssayException if there are none, or arrays of one name differ in shape, or the classes differ
     */
    public static Cycle longest(Map<String, Partition> sources) {
        return new Cycle(sources, counts -> Turns.covering(counts, ones(counts.length)));
    }

    /**
     * A batch of each in turn, until one is read to its end.
     *
     * @param sources by name, in the order of their turns
     * @throws AssayException if there are none, or arrays of one name differ in shape, or the classes differ
     */
    public static Cycle shortest(Map<String, Partition> sources) {
        return new Cycle(sources, Turns::shortest);
    }

    /**
     * A batch of each in turn, without those that were read to their end, until all are.
     *
     * @param sources by name, in the order of their turns
     * @throws AssayException if there are none, or arrays of one name differ in shape, or the classes differ
     */
    public static Cycle exhaust(Map<String, Partition> sources) {
        return new Cycle(sources, Turns::once);
    }

    /**
     * So many batches of each in a round, until each was read to its end.
     *
     * @param sources by name, in the order of their turns
     * @param weights batches of each in a round
     * @throws AssayException if the names of the weights are not those of the sources, a weight is not positive, or as {@link #longest}
     */
    public static Cycle ratio(Map<String, Partition> sources, Map<String, Integer> weights) {
        if (!weights.keySet().equals(sources.keySet())
                || weights.values().stream().anyMatch(weight -> weight < 1)) {
            throw new AssayException("The weights " + new TreeMap<>(weights) + " of the partitions " + sources.keySet()
                    + " must have a positive number for each of them and no other.");
        }
        int[] each = sources.keySet().stream()
                .mapToInt(name -> Objects.requireNonNull(weights.get(name)))
                .toArray();
        return new Cycle(sources, counts -> Turns.covering(counts, each));
    }

    /** The partitions by name, in the order of their turns. */
    public Map<String, Partition> sources() {
        Map<String, Partition> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), sources.get(i));
        }
        return Collections.unmodifiableMap(byName);
    }

    /** Number of examples of all sources together; a training pass may show more or fewer. */
    @Override
    public long size() {
        return sources.stream().mapToLong(Partition::size).sum();
    }

    /** The shapes of the arrays that every source has. */
    @Override
    public Map<String, Shape> shapes() {
        return shapes;
    }

    /** The classes of the sources that have any. */
    @Override
    public List<String> classes() {
        return classes;
    }

    /** Those of each source, whose name and a slash come before that of the array. */
    @Override
    public Map<String, Normalisation> normalisations() {
        Map<String, Normalisation> all = new TreeMap<>();
        sources()
                .forEach((source, partition) -> partition
                        .normalisations()
                        .forEach((array, normalisation) -> all.put(source + "/" + array, normalisation)));
        return Collections.unmodifiableMap(all);
    }

    @Override
    public long batchCount(Pass pass) {
        return turns(pass).count();
    }

    @Override
    public int batchSize(Pass pass, long batch) {
        Turns turns = turns(pass);
        Turns.Turn turn = turns.at(Objects.checkIndex(batch, turns.count()));
        return sources.get(turn.source()).batchSize(pass(pass, turns, turn), turn.number());
    }

    /** Begins a pass. A source is opened at its first turn, and again where it begins anew. */
    @Override
    public BatchStream batches(Pass pass) {
        return new CycleStream(this, pass);
    }

    /** Whose batches come when in a pass. */
    Turns turns(Pass pass) {
        long[] counts =
                sources.stream().mapToLong(source -> source.batchCount(pass)).toArray();
        return pass.isTraining() ? kind.turns(counts) : Turns.inSequence(counts);
    }

    String name(int source) {
        return names.get(source);
    }

    Partition source(int source) {
        return sources.get(source);
    }

    /** The pass over the source itself that a turn belongs to. */
    Pass pass(Pass pass, Turns turns, Turns.Turn turn) {
        return pass.order()
                .map(seed -> Pass.training(
                        pass.batchSize(),
                        new Seed(seed.stream("source/" + names.get(turn.source()))
                                .nextLong()),
                        pass.epoch() * turns.laps(turn.source()) + turn.lap(),
                        pass.dropLast()))
                .orElse(pass);
    }

    private static Map<String, Shape> commonShapes(Map<String, Partition> sources) {
        Map<String, Shape> common = new TreeMap<>();
        sources.values().forEach(source -> common.putAll(source.shapes()));
        for (Map.Entry<String, Partition> source : sources.entrySet()) {
            Map<String, Shape> own = source.getValue().shapes();
            own.forEach((name, shape) -> {
                if (!shape.equals(common.getOrDefault(name, shape))) {
                    throw new AssayException(
                            "Array (" + name + ") of one example has shape " + shape + " in partition ("
                                    + source.getKey() + ") and " + common.get(name)
                                    + " in another; partitions of a cycle must have the same.");
                }
            });
        }
        sources.values()
                .forEach(source -> common.keySet().retainAll(source.shapes().keySet()));
        return Collections.unmodifiableMap(common);
    }

    private static List<String> commonClasses(Map<String, Partition> sources) {
        Set<List<String>> different = new LinkedHashSet<>();
        sources.values().stream()
                .map(Partition::classes)
                .filter(names -> !names.isEmpty())
                .forEach(different::add);
        if (different.size() > 1) {
            throw new AssayException("The partitions " + sources.keySet() + " of a cycle have different classes, "
                    + new ArrayList<>(different) + "; they must be the same.");
        }
        return different.stream().findFirst().orElse(List.of());
    }

    private static int[] ones(int size) {
        int[] ones = new int[size];
        Arrays.fill(ones, 1);
        return ones;
    }
}
