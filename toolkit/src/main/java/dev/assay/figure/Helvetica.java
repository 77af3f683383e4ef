package dev.assay.figure;

/** Widths of the letters of Helvetica, after Adobe's font metrics of the 14 standard fonts; whatever is not ASCII counts as a digit. */
public final class Helvetica {
    /** In thousandths of the size, from the space to the tilde. */
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584
    };

    private Helvetica() {}

    /** Width of a text of that size. */
    public static double width(String text, double size) {
        return text.chars()
                        .map(c -> c >= ' ' && c - ' ' < WIDTHS.length ? WIDTHS[c - ' '] : 556)
                        .sum()
                * size
                / 1000;
    }

    /** The text, or as much of its beginning as fits, with dots. */
    public static String fitting(String text, double size, double width) {
        if (width(text, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 1 && width(text.substring(0, end) + "...", size) > width) {
            end--;
        }
        return text.substring(0, end) + "...";
    }
}
