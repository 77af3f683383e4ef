package dev.assay.report;

import dev.assay.analysis.Analysis.Ranking;
import dev.assay.figure.Helvetica;
import dev.assay.figure.Picture;
import dev.assay.figure.Picture.Anchor;
import dev.assay.statistics.Friedman;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The critical-difference diagram of a ranking (Demšar 2006, figure 1): each cell at its mean rank, the best at the left, and a bar over those that Nemenyi's
 * test cannot tell apart. Names all stand at the left, since those of cells are long.
 */
final class RankFigure {
    /** What a reader must know, for beneath it. */
    static final String READING =
            "How to read the diagram: each cell hangs at its mean rank, the best at the left. A bar joins cells that cannot be told from one another,"
                    + " since their ranks lie no further apart than the critical difference; two cells that no bar joins differ.";

    private static final double ALPHA = 0.05;
    private static final double AXIS = 40;
    private static final double BAR = 6;
    private static final double ROW = 14;
    private static final double LONGEST = 200;
    /** Fonts that stand in for Helvetica may be wider. */
    private static final double ROOM = 1.25;

    private static final int MOST_TICKS = 10;

    private final Ranking ranking;
    private final double[] ranks;
    private final List<Integer> order;
    private final List<List<Integer>> groups;
    private final double critical;
    private final double margin;
    private final double firstRow;
    private final Picture picture;

    private RankFigure(Ranking ranking) {
        Friedman friedman = ranking.friedman();
        this.ranking = ranking;
        this.ranks = friedman.meanRanks();
        this.order = IntStream.range(0, ranks.length)
                .boxed()
                .sorted(Comparator.comparingDouble(cell -> ranks[cell]))
                .toList();
        this.groups = friedman.indistinct(ALPHA);
        this.critical = friedman.criticalDifference(ALPHA);
        this.margin = 14
                + Math.min(
                        LONGEST,
                        ROOM
                                * ranking.cells().stream()
                                        .mapToDouble(cell -> Helvetica.width(cell.label(), Plot.SMALL))
                                        .max()
                                        .orElse(0));
        this.firstRow = AXIS + 10 + BAR * groups.size() + ROW / 2;
        this.picture = new Picture(Plot.WIDTH, firstRow + ROW * order.size());
    }

    static Picture of(Ranking ranking) {
        RankFigure figure = new RankFigure(ranking);
        figure.axis();
        figure.criticalDifference();
        for (int place = 0; place < figure.order.size(); place++) {
            figure.cell(place);
        }
        for (int i = 0; i < figure.groups.size(); i++) {
            figure.bar(figure.groups.get(i), AXIS + 8 + BAR * i);
        }
        return figure.picture;
    }

    private double x(double rank) {
        return margin + (Plot.WIDTH - 10 - margin) * (rank - 1) / (ranks.length - 1);
    }

    private void axis() {
        picture.line(x(1), AXIS, x(ranks.length), AXIS, Plot.INK, 0.9);
        for (int rank = 1; rank <= ranks.length; rank += ranks.length > MOST_TICKS ? 2 : 1) {
            picture.line(x(rank), AXIS, x(rank), AXIS - 4, Plot.INK, 0.9);
            picture.words(x(rank), AXIS - 7, Integer.toString(rank), Plot.SMALL, Anchor.MIDDLE, Plot.SOFT);
        }
    }

    /** As long as it is on the axis, where it is no longer than that. */
    private void criticalDifference() {
        String words = String.format(Locale.ROOT, "critical difference %.2f", critical);
        boolean fits = critical <= ranks.length - 1;
        double end = fits ? x(1 + critical) : x(1);
        if (fits) {
            picture.line(x(1), 14, end, 14, Plot.INK, 1.2);
            picture.line(x(1), 11, x(1), 17, Plot.INK, 1.2);
            picture.line(end, 11, end, 17, Plot.INK, 1.2);
        }
        picture.words(
                (x(1) + x(ranks.length)) / 2,
                8,
                words + (fits ? "" : ", more than ranks can differ"),
                Plot.SMALL,
                Anchor.MIDDLE,
                Plot.INK);
    }

    /** The best uppermost, so that no line crosses another. */
    private void cell(int place) {
        double x = x(ranks[order.get(place)]);
        double y = firstRow + ROW * place;
        double edge = margin - 10;
        picture.line(List.of(x, AXIS, x, y, edge, y), Plot.SOFT, 0.8, 1);
        String label = ranking.cells().get(order.get(place)).label();
        picture.words(
                edge - 4,
                y + 3,
                Helvetica.fitting(label, Plot.SMALL, (margin - 14) / ROOM),
                Plot.SMALL,
                Anchor.END,
                Plot.INK);
    }

    private void bar(List<Integer> group, double y) {
        double low = group.stream().mapToDouble(cell -> ranks[cell]).min().orElse(1);
        double high = group.stream().mapToDouble(cell -> ranks[cell]).max().orElse(1);
        picture.line(x(low) - 3, y, x(high) + 3, y, Plot.color(0), 3);
    }
}
