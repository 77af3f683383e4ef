package dev.assay.report;

import dev.assay.store.MetricSeries;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A metric over training: that of one trial, or the mean of a cell with its 95 % interval by Student's t at each step at which every trial of it
 * has a finite value. All arrays have one length.
 *
 * @param steps optimizer steps done
 * @param epochs passes over the data
 * @param seconds since the trial began, of a cell the mean
 * @param values the value or the mean
 * @param halves half the length of the interval; empty where there is but one trial
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; boxed points would take ten times the memory.
record Line(double[] steps, double[] epochs, double[] seconds, double[] values, double[] halves) {

    /** The finite points of one series. */
    static Line of(MetricSeries series) {
        int size = series.size();
        double[][] all = new double[4][size];
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (Double.isFinite(series.value(i))) {
                all[0][at] = series.step(i);
                all[1][at] = series.epoch(i);
                all[2][at] = series.seconds(i);
                all[3][at++] = series.value(i);
            }
        }
        if (at < size) {
            for (int k = 0; k < all.length; k++) {
                all[k] = Arrays.copyOf(all[k], at);
            }
        }
        return new Line(all[0], all[1], all[2], all[3], new double[0]);
    }

    /** The mean of one line at least. */
    static Line mean(List<Line> lines) {
        if (lines.size() == 1) {
            return lines.get(0);
        }
        int[][] places = common(lines);
        int size = places[0].length;
        double[][] mean = new double[4][size];
        double[] halves = new double[size];
        int n = lines.size();
        double t = TDistribution.of(n - 1).inverseCumulativeProbability(0.975);
        for (int i = 0; i < size; i++) {
            double squares = 0;
            for (int k = 0; k < n; k++) {
                Line line = lines.get(k);
                int at = places[k][i];
                double before = mean[3][i];
                double off = line.values[at] - before;
                mean[3][i] += off / (k + 1);
                // Welford 1962.
                squares += off * (line.values[at] - mean[3][i]);
                mean[2][i] += line.seconds[at] / n;
            }
            mean[0][i] = lines.get(0).steps[places[0][i]];
            mean[1][i] = lines.get(0).epochs[places[0][i]];
            halves[i] = t * Math.sqrt(squares / (n - 1) / n);
        }
        return new Line(mean[0], mean[1], mean[2], mean[3], halves);
    }

    /** Where in each line the steps are that all have. */
    private static int[][] common(List<Line> lines) {
        int n = lines.size();
        int[][] places = new int[n][lines.get(0).size()];
        int[] at = new int[n];
        int size = 0;
        for (int i = 0; i < lines.get(0).size(); i++) {
            double step = lines.get(0).steps[i];
            boolean isCommon = true;
            for (int k = 0; k < n; k++) {
                double[] steps = lines.get(k).steps;
                while (at[k] < steps.length && steps[at[k]] < step) {
                    at[k]++;
                }
                isCommon &= at[k] < steps.length && steps[at[k]] == step;
            }
            if (isCommon) {
                for (int k = 0; k < n; k++) {
                    places[k][size] = at[k];
                }
                size++;
            }
        }
        int found = size;
        return Arrays.stream(places).map(each -> Arrays.copyOf(each, found)).toArray(int[][]::new);
    }

    /** Epochs in a step, where that is the same throughout; else NaN. */
    double ratio() {
        if (size() == 0 || steps[size() - 1] == 0) {
            return Double.NaN;
        }
        double ratio = epochs[size() - 1] / steps[size() - 1];
        for (int i = 0; i < size(); i++) {
            if (Math.abs(steps[i] * ratio - epochs[i]) > 1e-6 * Math.abs(epochs[i])) {
                return Double.NaN;
            }
        }
        return ratio;
    }

    int size() {
        return steps.length;
    }

    /** The same with at most so many points, the least and the greatest values among them. */
    Line thinned(int most) {
        int[] kept = Thinning.of(values, most);
        return new Line(
                picked(steps, kept),
                picked(epochs, kept),
                picked(seconds, kept),
                picked(values, kept),
                halves.length == 0 ? halves : picked(halves, kept));
    }

    private static double[] picked(double[] all, int[] places) {
        return Arrays.stream(places).mapToDouble(i -> all[i]).toArray();
    }
}
