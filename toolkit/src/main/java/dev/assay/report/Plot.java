package dev.assay.report;

import dev.assay.figure.Helvetica;
import dev.assay.figure.Picture;
import dev.assay.figure.Picture.Anchor;
import dev.assay.figure.Scale;
import dev.assay.metric.Metric;
import java.util.List;
import java.util.Locale;

/** A picture with two axes, half a page wide, and what all figures draw alike. */
final class Plot {
    static final double WIDTH = 420;
    static final int INK = 0x1b1f24;
    static final int SOFT = 0x57606a;
    static final int FAINT = 0xd9dee3;
    static final double SMALL = 8;
    static final double MEDIUM = 9;
    /** Okabe and Ito's, as in the page. */
    private static final int[] PALETTE = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x8c6d31, 0x7f7f7f
    };

    private static final double TOP = 14;
    private static final double RIGHT = 16;
    private static final double GAP = 5;

    final Picture picture;
    final double left;
    final double right;
    final double top;
    final double bottom;

    /**
     * @param left room for what is written at the left
     * @param height of the field between the axes
     * @param below room below it
     */
    Plot(double left, double height, double below) {
        this.left = left;
        this.right = WIDTH - RIGHT;
        this.top = TOP;
        this.bottom = TOP + height;
        this.picture = new Picture(WIDTH, bottom + below);
    }

    static int color(int i) {
        return PALETTE[i % PALETTE.length];
    }

    Scale across(List<Double> values, boolean isLog) {
        return Scale.over(values, left, right, isLog);
    }

    Scale upward(List<Double> values) {
        return Scale.over(values, bottom, top, false);
    }

    /** Lines and numbers of the axis below, and its name. */
    void axisBelow(Scale scale, Metric metric, String name) {
        for (double tick : scale.ticks()) {
            double x = scale.at(tick);
            picture.line(x, top, x, bottom, FAINT, 0.5);
            picture.words(x, bottom + 11, number(tick, metric), SMALL, Anchor.MIDDLE, SOFT);
        }
        picture.line(left, bottom, right, bottom, SOFT, 0.7);
        picture.words((left + right) / 2, bottom + 25, name, MEDIUM, Anchor.MIDDLE, INK);
    }

    /** Those of the axis at the left. */
    void axisLeft(Scale scale, Metric metric, String name) {
        for (double tick : scale.ticks()) {
            double y = scale.at(tick);
            picture.line(left, y, right, y, FAINT, 0.5);
            picture.words(left - GAP, y + 3, number(tick, metric), SMALL, Anchor.END, SOFT);
        }
        picture.line(left, top, left, bottom, SOFT, 0.7);
        picture.upward(12, (top + bottom) / 2, name, MEDIUM, Anchor.MIDDLE, INK);
    }

    /** A name at the left of a row. */
    void rowName(double y, String name) {
        picture.words(left - GAP, y + 3, Helvetica.fitting(name, SMALL, left - 2 * GAP), SMALL, Anchor.END, INK);
    }

    /** A round number as an axis shows it. */
    static String number(double value, Metric metric) {
        boolean isPercent = metric.unit().equals("fraction");
        double shown = isPercent ? 100 * value : value;
        double size = Math.abs(shown);
        String text = shown != 0 && (size < 1e-3 || size >= 1e6)
                ? String.format(Locale.ROOT, "%.0e", shown)
                : new java.math.BigDecimal(shown)
                        .round(new java.math.MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString();
        return text.replace('-', '−') + (isPercent ? " %" : "");
    }
}
