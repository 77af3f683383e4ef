package dev.assay.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A drawing as a list of marks, in points (1/72 inch) from the upper left corner. Later marks lie above earlier ones. Not thread-safe. */
public final class Picture {
    private final double width;
    private final double height;
    private final List<Mark> marks = new ArrayList<>();

    public Picture(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /** Something drawn. Colours are {@code 0xRRGGBB}. */
    sealed interface Mark permits Path, Disc, Words {}

    /**
     * A line or an area.
     *
     * @param points x and y in turn
     * @param fill colour of the area, if it is one
     * @param stroke colour of the line, if there is one
     * @param width of the line
     * @param opacity 0 to 1
     */
    record Path(List<Double> points, Optional<Integer> fill, Optional<Integer> stroke, double width, double opacity)
            implements Mark {}

    /** A filled circle. */
    record Disc(double x, double y, double radius, int color, double opacity) implements Mark {}

    /** One line of text whose baseline is at {@code y}; turned to the left where {@code isUpward}. */
    record Words(double x, double y, String text, double size, Anchor anchor, int color, boolean isUpward)
            implements Mark {}

    /** Which end of a text is at its place. */
    public enum Anchor {
        START,
        MIDDLE,
        END
    }

    public double width() {
        return width;
    }

    public double height() {
        return height;
    }

    List<Mark> marks() {
        return marks;
    }

    /** A line through points, x and y in turn. */
    public void line(List<Double> points, int color, double lineWidth, double opacity) {
        if (points.size() > 2) {
            marks.add(new Path(List.copyOf(points), Optional.empty(), Optional.of(color), lineWidth, opacity));
        }
    }

    public void line(double x1, double y1, double x2, double y2, int color, double lineWidth) {
        line(List.of(x1, y1, x2, y2), color, lineWidth, 1);
    }

    /** An area between points, x and y in turn. */
    public void area(List<Double> points, int color, double opacity) {
        marks.add(new Path(List.copyOf(points), Optional.of(color), Optional.empty(), 0, opacity));
    }

    public void box(double x, double y, double boxWidth, double boxHeight, int color) {
        area(corners(x, y, boxWidth, boxHeight), color, 1);
    }

    /** A rectangle's outline. */
    public void frame(double x, double y, double boxWidth, double boxHeight, int color, double lineWidth) {
        List<Double> closed = new ArrayList<>(corners(x, y, boxWidth, boxHeight));
        closed.add(x);
        closed.add(y);
        line(closed, color, lineWidth, 1);
    }

    private static List<Double> corners(double x, double y, double width, double height) {
        return List.of(x, y, x + width, y, x + width, y + height, x, y + height);
    }

    public void disc(double x, double y, double radius, int color, double opacity) {
        marks.add(new Disc(x, y, radius, color, opacity));
    }

    public void words(double x, double y, String text, double size, Anchor anchor, int color) {
        marks.add(new Words(x, y, text, size, anchor, color, false));
    }

    /** Text that is read from below. */
    public void upward(double x, double y, String text, double size, Anchor anchor, int color) {
        marks.add(new Words(x, y, text, size, anchor, color, true));
    }
}
