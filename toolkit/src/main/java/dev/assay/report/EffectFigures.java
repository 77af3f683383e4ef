package dev.assay.report;

import dev.assay.figure.Helvetica;
import dev.assay.figure.Picture;
import dev.assay.figure.Picture.Anchor;
import dev.assay.figure.Scale;
import dev.assay.metric.Metric;
import dev.assay.statistics.Interval;
import dev.assay.statistics.LinearRegression;
import dev.assay.store.TrialState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What factors do to the metric that answers: boxes and violins of levels, regression on numbers, and two factors at once. */
final class EffectFigures {
    private static final int MOST_LEVELS = 12;
    private static final double ROW = 44;
    private static final double FIELD = 210;
    private static final double BELOW = 32;
    private static final int STEPS = 60;

    private final Findings findings;
    private final Metric metric;

    EffectFigures(Findings findings) {
        this.findings = findings;
        this.metric = findings.declared(findings.metric());
    }

    /** Empty where no completed trial has a level of the factor. */
    Optional<Picture> of(Column factor) {
        Map<Integer, List<Double>> byLevel = byLevel(factor);
        if (byLevel.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                factor.isNumeric() && factor.levels().size() > 2
                        ? relation(factor, byLevel)
                        : spreads(factor, byLevel));
    }

    /** Values of completed trials by level, in the order of levels. */
    private Map<Integer, List<Double>> byLevel(Column factor) {
        Map<Integer, List<Double>> byLevel = new LinkedHashMap<>();
        for (int level = 0; level < factor.levels().size(); level++) {
            List<Double> values = new ArrayList<>();
            for (int cell = 0; cell < findings.cells().size(); cell++) {
                if (factor.ofCell().get(cell) == level) {
                    values.addAll(
                            findings.cells().get(cell).values(findings.metric()).values());
                }
            }
            if (!values.isEmpty()) {
                byLevel.put(level, Figures.sorted(values));
            }
        }
        return byLevel;
    }

    private Picture relation(Column factor, Map<Integer, List<Double>> byLevel) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        byLevel.forEach((level, values) -> values.forEach(value -> {
            xs.add(factor.levels().get(level).asDouble());
            ys.add(value);
        }));
        double low = xs.stream().mapToDouble(v -> v).min().orElse(0);
        double high = xs.stream().mapToDouble(v -> v).max().orElse(0);
        boolean isLog = low > 0 && high / low >= 20;
        Plot plot = new Plot(58, FIELD, BELOW);
        Scale x = plot.across(xs, isLog);
        Scale y = plot.upward(ys);
        plot.axisBelow(x, Metric.minimize(factor.name()), factor.name());
        plot.axisLeft(y, metric, findings.metric());
        findings.regression(factor, findings.metric(), isLog)
                .ifPresent(line -> regression(plot.picture, line, x, y, low, high));
        for (int i = 0; i < xs.size(); i++) {
            plot.picture.disc(x.at(xs.get(i)), y.at(ys.get(i)), 2.2, Plot.INK, xs.size() > 500 ? 0.2 : 0.5);
        }
        return plot.picture;
    }

    private static void regression(Picture to, LinearRegression line, Scale x, Scale y, double low, double high) {
        List<Double> middle = new ArrayList<>();
        List<Double> band = new ArrayList<>();
        for (int way = 1; way >= -1; way -= 2) {
            for (int i = 0; i <= STEPS; i++) {
                double part = (way > 0 ? i : STEPS - i) / (double) STEPS;
                double value = x.isLog() ? low * Math.pow(high / low, part) : low + (high - low) * part;
                double on = x.isLog() ? Math.log10(value) : value;
                band.add(x.at(value));
                Interval interval = line.interval(on, 0.95);
                band.add(y.at(way > 0 ? interval.high() : interval.low()));
                if (way > 0) {
                    middle.add(x.at(value));
                    middle.add(y.at(line.at(on)));
                }
            }
        }
        to.area(band, Plot.color(0), 0.15);
        to.line(middle, Plot.color(0), 1.4, 1);
    }

    private Picture spreads(Column factor, Map<Integer, List<Double>> byLevel) {
        List<Map.Entry<Integer, List<Double>>> rows =
                byLevel.entrySet().stream().limit(MOST_LEVELS).toList();
        double names = rows.stream()
                .mapToDouble(row -> Helvetica.width(factor.text(row.getKey()), Plot.SMALL))
                .max()
                .orElse(0);
        Plot plot = new Plot(Math.max(40, Math.min(160, names + 12)), ROW * rows.size(), BELOW);
        Scale x = plot.across(
                rows.stream().flatMap(row -> row.getValue().stream()).toList(), false);
        plot.axisBelow(x, metric, findings.metric());
        for (int i = 0; i < rows.size(); i++) {
            double y = plot.top + ROW * (i + 0.5);
            plot.rowName(y, factor.text(rows.get(i).getKey()));
            spread(plot.picture, rows.get(i).getValue(), x, y, Plot.color(i));
        }
        return plot.picture;
    }

    private static void spread(Picture to, List<Double> sorted, Scale x, double y, int color) {
        if (sorted.size() > 3) {
            violin(to, sorted, x, y, color);
            box(to, sorted, x, y, color);
        }
        for (int k = 0; k < sorted.size(); k++) {
            // Steps by the golden ratio spread evenly however many there are.
            to.disc(x.at(sorted.get(k)), y + ((k * 0.618034) % 1 - 0.5) * 12, 1.8, color, 0.5);
        }
    }

    /** Tukey's: quartiles of type 7, whiskers to the last values within one and a half times their distance. */
    private static void box(Picture to, List<Double> sorted, Scale x, double y, int color) {
        double first = quantile(sorted, 0.25);
        double third = quantile(sorted, 0.75);
        double reach = 1.5 * (third - first);
        double low = sorted.stream().filter(v -> v >= first - reach).findFirst().orElse(first);
        double high = sorted.stream()
                .filter(v -> v <= third + reach)
                .reduce((a, b) -> b)
                .orElse(third);
        double median = x.at(quantile(sorted, 0.5));
        to.line(x.at(low), y, x.at(first), y, color, 1);
        to.line(x.at(third), y, x.at(high), y, color, 1);
        to.frame(x.at(first), y - 8, x.at(third) - x.at(first), 16, color, 1);
        to.line(median, y - 8, median, y + 8, color, 2);
    }

    /** Gaussian kernels with Silverman's bandwidth (Density Estimation, 1986, equation 3.31), within the values. */
    private static void violin(Picture to, List<Double> sorted, Scale x, double y, int color) {
        int n = sorted.size();
        double mean = sorted.stream().mapToDouble(v -> v).average().orElse(0);
        double deviation = Math.sqrt(
                sorted.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (n - 1));
        double quartiles = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
        double width = 0.9 * (quartiles > 0 ? Math.min(deviation, quartiles) : deviation) * Math.pow(n, -0.2);
        if (!(width > 0)) {
            return;
        }
        double[] density = new double[STEPS + 1];
        double most = 0;
        double low = sorted.get(0);
        double high = sorted.get(n - 1);
        for (int i = 0; i <= STEPS; i++) {
            double at = low + (high - low) * i / STEPS;
            for (double value : sorted) {
                density[i] += Math.exp(-Math.pow((at - value) / width, 2) / 2);
            }
            most = Math.max(most, density[i]);
        }
        List<Double> outline = new ArrayList<>();
        for (int k = 0; k < 2 * (STEPS + 1); k++) {
            int i = k <= STEPS ? k : 2 * STEPS + 1 - k;
            outline.add(x.at(low + (high - low) * i / STEPS));
            outline.add(y + (k <= STEPS ? -1 : 1) * 18 * density[i] / most);
        }
        to.area(outline, color, 0.18);
    }

    private static double quantile(List<Double> sorted, double p) {
        double place = p * (sorted.size() - 1);
        int below = (int) place;
        double above = sorted.get(Math.min(below + 1, sorted.size() - 1));
        return sorted.get(below) + (above - sorted.get(below)) * (place - below);
    }

    /** The first two factors of few levels, with the mean over all completed trials of each pair of levels. */
    Optional<Picture> pair() {
        List<Column> few = findings.factors().stream()
                .filter(factor -> factor.levels().size() <= MOST_LEVELS
                        && !byLevel(factor).isEmpty())
                .limit(2)
                .toList();
        return few.size() < 2 ? Optional.empty() : Optional.of(pair(few.get(0), few.get(1)));
    }

    private Picture pair(Column across, Column up) {
        Plot plot = new Plot(90, Math.max(60, 30.0 * up.levels().size()), BELOW);
        double width = (plot.right - plot.left) / across.levels().size();
        double height = (plot.bottom - plot.top) / up.levels().size();
        Map<List<Integer>, double[]> sums = new LinkedHashMap<>();
        findings.trials().stream()
                .filter(trial -> trial.state() == TrialState.COMPLETED)
                .forEach(trial -> {
                    int cell = findings.cellOfTrial().getOrDefault(trial.hash(), 0);
                    List<Integer> place =
                            List.of(across.ofCell().get(cell), up.ofCell().get(cell));
                    double value = trial.metrics().getOrDefault(findings.metric(), Double.NaN);
                    if (!place.contains(-1) && Double.isFinite(value)) {
                        double[] sum = sums.computeIfAbsent(place, key -> new double[2]);
                        sum[0] += value;
                        sum[1]++;
                    }
                });
        Scale shade =
                Scale.over(sums.values().stream().map(sum -> sum[0] / sum[1]).toList(), 0, 1, false);
        sums.forEach((place, sum) -> {
            double x = plot.left + place.get(0) * width;
            double y = plot.bottom - (place.get(1) + 1) * height;
            double part = shade.at(sum[0] / sum[1]);
            plot.picture.box(x, y, width, height, Viridis.of(part).getRGB() & 0xffffff);
            plot.picture.words(
                    x + width / 2,
                    y + height / 2 + 3,
                    findings.text(findings.metric()).value(sum[0] / sum[1]),
                    Plot.SMALL,
                    Anchor.MIDDLE,
                    Viridis.writingOn(part).getRGB() & 0xffffff);
        });
        for (int i = 0; i < across.levels().size(); i++) {
            plot.picture.words(
                    plot.left + (i + 0.5) * width,
                    plot.bottom + 11,
                    Helvetica.fitting(across.text(i), Plot.SMALL, width),
                    Plot.SMALL,
                    Anchor.MIDDLE,
                    Plot.SOFT);
        }
        for (int i = 0; i < up.levels().size(); i++) {
            plot.rowName(plot.bottom - (i + 0.5) * height, up.text(i));
        }
        plot.picture.words(
                (plot.left + plot.right) / 2, plot.bottom + 25, across.name(), Plot.MEDIUM, Anchor.MIDDLE, Plot.INK);
        plot.picture.upward(12, (plot.top + plot.bottom) / 2, up.name(), Plot.MEDIUM, Anchor.MIDDLE, Plot.INK);
        return plot.picture;
    }
}
