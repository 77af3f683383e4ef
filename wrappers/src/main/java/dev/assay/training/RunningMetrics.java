package dev.assay.training;

import dev.assay.checkpoint.Checkpoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Training metrics from one record to the next: their means since the last record, or over a window of steps. */
final class RunningMetrics implements Part {
    private final int window;
    private final Averages sinceLast = new Averages();
    private final Deque<Step> steps = new ArrayDeque<>();

    private record Step(Map<String, Double> values, long examples) {}

    RunningMetrics(Optional<Integer> window) {
        this.window = window.orElse(0);
    }

    /** Counts a step. */
    void add(Map<String, Double> values, long examples) {
        if (window == 0) {
            sinceLast.add(values, examples);
            return;
        }
        steps.addLast(new Step(new TreeMap<>(values), examples));
        if (steps.size() > window) {
            steps.removeFirst();
        }
    }

    /** The means that are to be recorded now. */
    Map<String, Double> take() {
        Averages averages = window == 0 ? sinceLast : new Averages();
        steps.forEach(step -> averages.add(step.values(), step.examples()));
        Map<String, Double> means = averages.means();
        sinceLast.clear();
        return means;
    }

    @Override
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        sinceLast.numbers().forEach((name, value) -> numbers.put("since/" + name, value));
        int i = 0;
        for (Step step : steps) {
            String prefix = "step/" + i++ + "/";
            numbers.put(prefix + "examples", (double) step.examples());
            step.values().forEach((name, value) -> numbers.put(prefix + "value/" + name, value));
        }
        return numbers;
    }

    @Override
    public void restore(Map<String, Double> numbers) {
        sinceLast.restore(Checkpoint.below("since/", numbers));
        steps.clear();
        for (int i = 0; numbers.containsKey("step/" + i + "/examples"); i++) {
            Map<String, Double> values = Checkpoint.below("step/" + i + "/value/", numbers);
            steps.addLast(new Step(
                    values, numbers.getOrDefault("step/" + i + "/examples", 0.0).longValue()));
        }
    }
}
