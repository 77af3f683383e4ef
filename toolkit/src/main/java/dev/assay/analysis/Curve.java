package dev.assay.analysis;

import dev.assay.store.MetricSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A metric over training, averaged over the seeds of a cell. Only steps at which every trial has a finite value are points of the curve.
 *
 * @param epochs passes over the data at each point
 * @param points mean and 95 % interval over the seeds at each point
 */
public record Curve(List<Double> epochs, List<Estimate> points) {

    /** The curve over those series, one a trial. */
    public static Curve over(List<MetricSeries> series) {
        Map<Long, List<Double>> values = new TreeMap<>();
        Map<Long, Double> epochs = new TreeMap<>();
        for (MetricSeries each : series) {
            for (int i = 0; i < each.size(); i++) {
                if (Double.isFinite(each.value(i))) {
                    values.computeIfAbsent(each.step(i), step -> new ArrayList<>())
                            .add(each.value(i));
                    epochs.putIfAbsent(each.step(i), each.epoch(i));
                }
            }
        }
        values.values().removeIf(atStep -> atStep.size() < series.size());
        epochs.keySet().retainAll(values.keySet());
        return new Curve(
                List.copyOf(epochs.values()),
                values.values().stream().map(Estimate::of).toList());
    }
}
