package dev.assay.statistics;

import dev.assay.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The fraction of runs that reach a threshold, for each of some thresholds: the score distributions of Agarwal et al. 2021, "Deep reinforcement
 * learning at the edge of the statistical precipice", after Dolan and Moré 2002, "Benchmarking optimization software with performance profiles".
 *
 * @param points by ascending threshold
 */
public record PerformanceProfile(List<Point> points) {
    public PerformanceProfile {
        points = List.copyOf(points);
    }

    /**
     * A point of the profile.
     *
     * @param fraction of the runs whose value is above the threshold, averaged over tasks
     * @param band its percentile interval by stratified bootstrap, point by point; the point itself where no two runs of a task differ
     */
    public record Point(double threshold, double fraction, Interval band) {}

    /**
     * The profile of some tasks.
     *
     * @param tasks the runs of each, as values of which higher ones are better and that can be compared over tasks
     * @param thresholds where to look, ascending
     */
    public static PerformanceProfile of(
            List<Sample> tasks, double[] thresholds, double level, int resamples, RandomStream random) {
        boolean varies = !tasks.stream().allMatch(Sample::isConstant);
        List<Point> points = new ArrayList<>();
        for (double threshold : thresholds) {
            Bootstrap.Statistic statistic = samples -> fraction(samples, threshold);
            double fraction = statistic.of(tasks.stream().map(Sample::values).toArray(double[][]::new));
            Interval band = varies
                    ? Bootstrap.of(statistic, tasks, resamples, random).percentile(level)
                    : new Interval(fraction, fraction, level);
            points.add(new Point(threshold, fraction, band));
        }
        return new PerformanceProfile(points);
    }

    private static double fraction(double[][] tasks, double threshold) {
        double sum = 0;
        for (double[] task : tasks) {
            double above = 0;
            for (double value : task) {
                above += value > threshold ? 1 : 0;
            }
            sum += above / task.length;
        }
        return sum / tasks.length;
    }
}
