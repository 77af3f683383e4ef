package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of a training after a step: all that the steps after it depend on.
 *
 * @param step optimizer steps done
 * @param tensors by name
 * @param numbers by name; every double is kept to the bit
 * @param maker what made it
 */
public record Checkpoint(long step, Map<String, NDArray> tensors, Map<String, Double> numbers, Maker maker) {

    /**
     * What the bits of a training depend on besides its config.
     *
     * @param trial content hash of the trial
     * @param config its config, as JSON
     * @param threads cores it used
     * @param engine version of the engine
     */
    public record Maker(String trial, String config, int threads, String engine) {}

    /** The entries whose names begin with {@code prefix}, by what comes after it. */
    public static <T> Map<String, T> below(String prefix, Map<String, T> all) {
        Map<String, T> below = new TreeMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), value);
            }
        });
        return below;
    }

    /** Adds entries to {@code all} under names that begin with {@code prefix}. */
    public static <T> void put(String prefix, Map<String, ? extends T> entries, Map<String, T> all) {
        entries.forEach((name, value) -> all.put(prefix + name, value));
    }
}
