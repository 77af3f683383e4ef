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

    /** Counts values by name that each stand for {@code examples} examples. */
    public void add(Map<String, Double> values, long examples) {
        values.forEach((name, value) -> add(name, value, examples));
    }

    /** The means so far, by name, in order of first addition. */
    public Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum.weighted() / sum.count()));
        return means;
    }

    void clear() {
        sums.clear();
    }

    /** What is needed to go on in another process. */
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        sums.forEach((name, sum) -> {
            numbers.put(name + "/weighted", sum.weighted());
            numbers.put(name + "/count", sum.count());
        });
        return numbers;
    }

    void restore(Map<String, Double> numbers) {
        sums.clear();
        numbers.forEach((key, weighted) -> {
            if (key.endsWith("/weighted")) {
                String name = key.substring(0, key.length() - "/weighted".length());
                sums.put(name, new Sum(weighted, numbers.getOrDefault(name + "/count", 0.0)));
            }
        });
    }
}
