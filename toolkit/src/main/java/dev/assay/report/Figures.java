package dev.assay.report;

import dev.assay.analysis.Cell;
import dev.assay.analysis.Estimate;
import dev.assay.analysis.ParetoFront;
import dev.assay.figure.Helvetica;
import dev.assay.figure.Picture;
import dev.assay.figure.Picture.Anchor;
import dev.assay.figure.Scale;
import dev.assay.metric.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The figures of a report as pictures for papers, by the names of their files. */
final class Figures {
    private static final int MOST_CELLS = 20;
    private static final int MOST_CURVES = 6;
    private static final double ROW = 18;
    private static final double FIELD = 210;
    private static final double BELOW = 32;
    private static final double LEGEND_LINE = 13;

    private final Findings findings;
    private final Metric metric;

    private Figures(Findings findings) {
        this.findings = findings;
        this.metric = findings.declared(findings.metric());
    }

    static Map<String, Picture> of(Findings findings) {
        Figures figures = new Figures(findings);
        Map<String, Picture> pictures = new LinkedHashMap<>();
        if (findings.ordered().stream().anyMatch(cell -> findings.rank(cell) >= 0)) {
            pictures.put("cells", figures.comparison());
        }
        findings.analysis().ranking().ifPresent(ranking -> pictures.put("ranks", RankFigure.of(ranking)));
        Lines lines = findings.lines();
        lines.byMetric().forEach((name, cells) -> pictures.put("curve-" + file(name), figures.curve(name, cells)));
        EffectFigures effects = new EffectFigures(findings);
        for (Column factor : findings.factors()) {
            effects.of(factor).ifPresent(picture -> pictures.put("effect-" + file(factor.name()), picture));
        }
        effects.pair().ifPresent(picture -> pictures.put("pair", picture));
        if (findings.cells().size() > 1) {
            findings.metricNames().stream()
                    .skip(1)
                    .forEach(name -> pictures.put("tradeoff-" + file(name), figures.tradeoff(name)));
        }
        if (!findings.factors().isEmpty() && findings.cells().size() > 1) {
            pictures.put("factors", figures.parallel());
        }
        return pictures;
    }

    private static String file(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** Means with intervals and seeds, the best cells first. */
    private Picture comparison() {
        List<Cell> cells = findings.ordered().stream()
                .filter(cell -> findings.rank(cell) >= 0)
                .limit(MOST_CELLS)
                .toList();
        double names = cells.stream()
                .mapToDouble(cell -> Helvetica.width(cell.label(), Plot.SMALL))
                .max()
                .orElse(0);
        Plot plot = new Plot(Math.min(236, names + 12), ROW * cells.size(), BELOW);
        List<Double> values = new ArrayList<>();
        for (Cell cell : cells) {
            Estimate estimate = findings.estimate(cell, findings.metric());
            values.addAll(cell.values(findings.metric()).values());
            values.add(estimate.low());
            values.add(estimate.high());
        }
        Scale x = plot.across(values, false);
        plot.axisBelow(x, metric, findings.metric());
        for (int i = 0; i < cells.size(); i++) {
            double y = plot.top + ROW * (i + 0.5);
            plot.rowName(y, cells.get(i).label());
            interval(plot.picture, x, y, cells.get(i), Plot.color(0));
        }
        return plot.picture;
    }

    private void interval(Picture to, Scale x, double y, Cell cell, int color) {
        Estimate estimate = findings.estimate(cell, findings.metric());
        cell.values(findings.metric()).values().forEach(value -> to.disc(x.at(value), y, 2, color, 0.4));
        if (estimate.hasInterval()) {
            double low = x.at(estimate.low());
            double high = x.at(estimate.high());
            to.line(low, y, high, y, color, 1.2);
            to.line(low, y - 3, low, y + 3, color, 1.2);
            to.line(high, y - 3, high, y + 3, color, 1.2);
        }
        to.disc(x.at(estimate.mean()), y, 3.2, color, 1);
    }

    /** Means over the seeds of the best cells and the baseline, with bands, by epochs. */
    private Picture curve(String name, Map<Integer, Lines.CellLines> cells) {
        // They are in the order of importance: the baseline first, then by rank.
        List<Map.Entry<Integer, Lines.CellLines>> drawn =
                cells.entrySet().stream().limit(MOST_CURVES).toList();
        Metric of = findings.declared(name);
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        drawn.forEach(entry -> {
            Line line = entry.getValue().mean();
            DoubleStream.of(line.epochs()).forEach(xs::add);
            for (int i = 0; i < line.size(); i++) {
                ys.add(line.values()[i] - half(line, i));
                ys.add(line.values()[i] + half(line, i));
            }
        });
        Plot plot = new Plot(58, FIELD, BELOW + LEGEND_LINE * drawn.size());
        Scale x = plot.across(xs, false);
        Scale y = plot.upward(ys);
        plot.axisBelow(x, Metric.minimize("epoch"), "epochs");
        plot.axisLeft(y, of, name);
        for (int i = 0; i < drawn.size(); i++) {
            Line line = drawn.get(i).getValue().mean();
            if (line.halves().length > 1) {
                plot.picture.area(band(line, x, y), Plot.color(i), 0.16);
            }
        }
        for (int i = 0; i < drawn.size(); i++) {
            Line line = drawn.get(i).getValue().mean();
            List<Double> points = new ArrayList<>();
            for (int k = 0; k < line.size(); k++) {
                points.add(x.at(line.epochs()[k]));
                points.add(y.at(line.values()[k]));
            }
            plot.picture.line(points, Plot.color(i), 1.3, 1);
            double at = plot.bottom + BELOW + LEGEND_LINE * (i + 0.5);
            plot.picture.line(plot.left, at - 3, plot.left + 16, at - 3, Plot.color(i), 1.8);
            String label = findings.cells().get(drawn.get(i).getKey()).label();
            plot.picture.words(
                    plot.left + 21,
                    at,
                    Helvetica.fitting(label, Plot.SMALL, plot.right - plot.left - 24),
                    Plot.SMALL,
                    Anchor.START,
                    Plot.INK);
        }
        return plot.picture;
    }

    private static double half(Line line, int i) {
        return line.halves().length == 0 ? 0 : line.halves()[i];
    }

    private static List<Double> band(Line line, Scale x, Scale y) {
        List<Double> points = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            points.add(x.at(line.epochs()[i]));
            points.add(y.at(line.values()[i] + half(line, i)));
        }
        for (int i = line.size() - 1; i >= 0; i--) {
            points.add(x.at(line.epochs()[i]));
            points.add(y.at(line.values()[i] - half(line, i)));
        }
        return points;
    }

    /** Cells by two metrics; those of the front are larger. */
    private Picture tradeoff(String other) {
        List<ParetoFront.Point> points =
                findings.front(other, findings.metric()).points();
        ToDoubleFunction<ParetoFront.Point> across = point -> point.means().getOrDefault(other, Double.NaN);
        ToDoubleFunction<ParetoFront.Point> up = point -> point.means().getOrDefault(findings.metric(), Double.NaN);
        Plot plot = new Plot(58, FIELD, BELOW);
        Scale x = plot.across(points.stream().mapToDouble(across).boxed().toList(), false);
        Scale y = plot.upward(points.stream().mapToDouble(up).boxed().toList());
        plot.axisBelow(x, findings.declared(other), other);
        plot.axisLeft(y, metric, findings.metric());
        for (ParetoFront.Point point : points) {
            boolean isBeaten = point.dominatedBy().isPresent();
            plot.picture.disc(
                    x.at(across.applyAsDouble(point)),
                    y.at(up.applyAsDouble(point)),
                    isBeaten ? 2.2 : 3.6,
                    isBeaten ? Plot.SOFT : Plot.color(0),
                    isBeaten ? 0.5 : 1);
        }
        return plot.picture;
    }

    /** A line for each cell over all factors; its colour is its mean. */
    private Picture parallel() {
        List<Column> factors = findings.factors().stream().limit(9).toList();
        Plot plot = new Plot(30, FIELD, BELOW);
        double apart = (plot.right - 14 - plot.left) / factors.size();
        List<Double> means = findings.cells().stream()
                .map(cell -> findings.estimate(cell, findings.metric()).mean())
                .toList();
        Scale y = plot.upward(means);
        Scale part = Scale.over(means, 0, 0.9, false);
        for (int i = findings.cells().size() - 1; i >= 0; i--) {
            List<Double> points = new ArrayList<>();
            for (int f = 0; f < factors.size(); f++) {
                int level = factors.get(f).ofCell().get(i);
                if (level >= 0) {
                    points.add(plot.left + f * apart);
                    points.add(height(plot, factors.get(f), level));
                }
            }
            if (Double.isFinite(means.get(i))) {
                points.add(plot.left + factors.size() * apart);
                points.add(y.at(means.get(i)));
                int color = Viridis.of(part.at(means.get(i))).getRGB() & 0xffffff;
                plot.picture.line(points, color, 0.8, findings.cells().size() > 200 ? 0.3 : 0.7);
            }
        }
        for (int f = 0; f < factors.size(); f++) {
            axis(plot, plot.left + f * apart, factors.get(f).name(), apart);
            List<Integer> shown = factors.get(f).levels().size() <= 8
                    ? java.util.stream.IntStream.range(
                                    0, factors.get(f).levels().size())
                            .boxed()
                            .toList()
                    : List.of(0, factors.get(f).levels().size() - 1);
            for (int level : shown) {
                plot.picture.words(
                        plot.left + f * apart + 3,
                        height(plot, factors.get(f), level) - 2,
                        Helvetica.fitting(factors.get(f).text(level), 7, apart - 6),
                        7,
                        Anchor.START,
                        Plot.INK);
            }
        }
        axis(plot, plot.left + factors.size() * apart, findings.metric(), apart);
        y.ticks()
                .forEach(tick -> plot.picture.words(
                        plot.left + factors.size() * apart - 3,
                        y.at(tick) + 3,
                        Plot.number(tick, metric),
                        7,
                        Anchor.END,
                        Plot.INK));
        return plot.picture;
    }

    private static void axis(Plot plot, double x, String name, double room) {
        plot.picture.line(x, plot.top, x, plot.bottom, Plot.SOFT, 0.7);
        plot.picture.words(
                x,
                plot.bottom + 14,
                Helvetica.fitting(name, Plot.SMALL, room - 2),
                Plot.SMALL,
                Anchor.MIDDLE,
                Plot.INK);
    }

    /** Levels are equally far apart, numbers in their order. */
    private static double height(Plot plot, Column factor, int level) {
        int last = factor.levels().size() - 1;
        return last == 0 ? (plot.top + plot.bottom) / 2 : plot.bottom - (plot.bottom - plot.top) * level / last;
    }

    static List<Double> sorted(Collection<Double> values) {
        return values.stream().sorted().toList();
    }
}
