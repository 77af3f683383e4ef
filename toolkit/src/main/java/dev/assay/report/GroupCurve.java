package dev.assay.report;

import dev.assay.store.MetricSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A metric over the trainings of a group of trials: the mean over the trials at each step at which all of them have a finite value, with its 95 % interval by
 * Student's t. Long ones are thinned to the least and greatest values of equal stretches. All lists have one length.
 *
 * @param trials how many have the metric
 * @param steps optimizer steps done
 * @param epochs passes over the data
 * @param means over the trials
 * @param lows lower ends of the intervals; empty for one trial
 * @param highs upper ends
 */
public record GroupCurve(
        int trials,
        List<Double> steps,
        List<Double> epochs,
        List<Double> means,
        List<Double> lows,
        List<Double> highs) {
    private static final int MOST_POINTS = 400;

    /** The curves of a group by metric, in order of the names; a metric without a step that all its trials have is left out. */
    public static Map<String, GroupCurve> of(List<List<MetricSeries>> trials) {
        Map<String, List<Line>> lines = new TreeMap<>();
        trials.forEach(trial -> trial.forEach(series ->
                lines.computeIfAbsent(series.name(), name -> new ArrayList<>()).add(Line.of(series))));
        Map<String, GroupCurve> curves = new TreeMap<>();
        lines.forEach((name, each) -> {
            Line mean = Line.mean(each).thinned(MOST_POINTS);
            if (mean.size() > 0) {
                curves.put(name, of(each.size(), mean));
            }
        });
        return curves;
    }

    private static GroupCurve of(int trials, Line mean) {
        return new GroupCurve(
                trials, list(mean.steps()), list(mean.epochs()), list(mean.values()), end(mean, -1), end(mean, 1));
    }

    private static List<Double> end(Line mean, int way) {
        return IntStream.range(0, mean.halves().length)
                .mapToObj(i -> mean.values()[i] + way * mean.halves()[i])
                .toList();
    }

    private static List<Double> list(double[] values) {
        return DoubleStream.of(values).boxed().toList();
    }
}
