package dev.assay.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compares the running mean of the loss with its first mean. */
final class LossGrowth implements Part {
    private final DivergenceConfig config;
    private final Deque<Double> last = new ArrayDeque<>();
    private double baseline = Double.NaN;

    LossGrowth(DivergenceConfig config) {
        this.config = config;
    }

    /** Takes note of the loss of a step; returns whether its running mean has become too large. */
    boolean observe(double loss) {
        last.addLast(loss);
        if (last.size() > config.steps()) {
            last.removeFirst();
        }
        if (last.size() < config.steps()) {
            return false;
        }
        if (Double.isNaN(baseline)) {
            baseline = mean();
        }
        return mean() > config.factor() * Math.abs(baseline);
    }

    double mean() {
        return last.stream().mapToDouble(Double::doubleValue).sum() / last.size();
    }

    double baseline() {
        return baseline;
    }

    @Override
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("baseline", baseline);
        int i = 0;
        for (double loss : last) {
            numbers.put("loss/" + i++, loss);
        }
        return numbers;
    }

    @Override
    public void restore(Map<String, Double> numbers) {
        baseline = numbers.getOrDefault("baseline", Double.NaN);
        last.clear();
        for (int i = 0; numbers.containsKey("loss/" + i); i++) {
            last.addLast(numbers.getOrDefault("loss/" + i, Double.NaN));
        }
    }
}
