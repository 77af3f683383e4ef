package dev.assay.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means of values by name, each value weighted by the number of examples it stands for: Σ value·n / Σ n. */
public final class Averages {
    private final Map<String, Sum> sums = new LinkedHashMap<>();

    private record Sum(double weighted, double count) {}

    /** Counts a value that stands for {@code examples} examples. */
    public void add(String name, double value, long examples) {
        sums.merge(
                name,
                new Sum(value * examples, examples),
                (a, b) -> new Sum(a.weighted() + b.weighted(), a.count() + b.count()));
    }

    /** The means so far, by name, in order of first addition. */
    public Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum.weighted() / sum.count()));
        return means;
    }

    /** The means so far; everything is forgotten after. */
    public Map<String, Double> drain() {
        Map<String, Double> means = means();
        sums.clear();
        return means;
    }
}
