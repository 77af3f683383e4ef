package dev.assay.data.corruption;

import dev.assay.random.RandomStream;
import java.util.Arrays;

/** Distortions that take pixels from other places; beyond the border the picture is mirrored. */
final class Warp {
    private static final double TRUNCATION = 3;

    private Warp() {}

    /** A turn about the middle, to the side that chance says. */
    static Distortion rotation(double degrees) {
        return (picture, random) -> {
            double angle = StrictMath.toRadians(random.nextInt(2) == 0 ? degrees : -degrees);
            double sin = StrictMath.sin(angle);
            double cos = StrictMath.cos(angle);
            double y0 = (picture.height() - 1) / 2.0;
            double x0 = (picture.width() - 1) / 2.0;
            resample(
                    picture,
                    (y, x) -> y0 + cos * (y - y0) + sin * (x - x0),
                    (y, x) -> x0 - sin * (y - y0) + cos * (x - x0));
        };
    }

    /**
     * A random affine map and random bending (Simard, Steinkraus and Platt 2003), at once. Lengths are parts of the smaller side.
     *
     * @param bend how far pixels may be moved
     * @param smoothness standard deviation of the bell that makes neighbours move together
     * @param shift how far three corners of a square in the middle may be moved, which makes the affine map
     */
    static Distortion elastic(double bend, double smoothness, double shift) {
        return (picture, random) -> {
            int side = Math.min(picture.height(), picture.width());
            Affine affine = Affine.random(picture, shift * side, random);
            double[] down = field(picture, bend * side, smoothness * side, random);
            double[] right = field(picture, bend * side, smoothness * side, random);
            int width = picture.width();
            resample(
                    picture,
                    (y, x) -> affine.row(y + down[y * width + x], x + right[y * width + x]),
                    (y, x) -> affine.column(y + down[y * width + x], x + right[y * width + x]));
        };
    }

    /** Fewer pixels, each the mean of those whose middle it covers, shown as large as before. */
    static Distortion pixelate(double part) {
        return (picture, random) -> {
            int height = picture.height();
            int width = picture.width();
            int rows = Math.max((int) (height * part), 1);
            int columns = Math.max((int) (width * part), 1);
            picture.replaceEach(plane -> {
                double[] coarse = new double[plane.length];
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        int row = (2 * y + 1) * rows / (2 * height);
                        int column = (2 * x + 1) * columns / (2 * width);
                        coarse[y * width + x] = mean(
                                plane,
                                width,
                                first(row, height, rows),
                                first(row + 1, height, rows),
                                first(column, width, columns),
                                first(column + 1, width, columns));
                    }
                }
                return coarse;
            });
        };
    }

    /** A value between pixels, in proportion to how near they are. */
    static double between(double[] plane, int height, int width, double y, double x) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        double lower = y - top;
        double righter = x - left;
        int row = mirrored(top, height) * width;
        int nextRow = mirrored(top + 1, height) * width;
        int column = mirrored(left, width);
        int nextColumn = mirrored(left + 1, width);
        return (1 - lower) * ((1 - righter) * plane[row + column] + righter * plane[row + nextColumn])
                + lower * ((1 - righter) * plane[nextRow + column] + righter * plane[nextRow + nextColumn]);
    }

    /** Takes each pixel from a place. */
    private static void resample(Picture picture, Place row, Place column) {
        int height = picture.height();
        int width = picture.width();
        picture.replaceEach(plane -> {
            double[] warped = new double[plane.length];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    warped[y * width + x] = between(plane, height, width, row.of(y, x), column.of(y, x));
                }
            }
            return warped;
        });
    }

    /** Uniform chance, made smooth. */
    private static double[] field(Picture picture, double size, double std, RandomStream random) {
        double[] field = new double[picture.height() * picture.width()];
        if (size == 0) {
            return field;
        }
        Arrays.setAll(field, i -> 2 * random.nextDouble() - 1);
        double[] bell = Blur.bell((int) (TRUNCATION * std + 0.5), std);
        double[] smooth = Blur.smooth(field, picture.height(), picture.width(), bell);
        Arrays.setAll(smooth, i -> size * smooth[i]);
        return smooth;
    }

    /** First of the pixels of a side whose middle lies in a part of it. */
    private static int first(int part, int side, int parts) {
        return (2 * part * side + parts) / (2 * parts);
    }

    private static double mean(double[] plane, int width, int top, int bottom, int left, int right) {
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += plane[y * width + x];
            }
        }
        return sum / ((bottom - top) * (right - left));
    }

    /** The place within a side that mirrors another, without repeating the border. */
    private static int mirrored(int place, int side) {
        if (place >= 0 && place < side) {
            return place;
        }
        if (side == 1) {
            return 0;
        }
        int round = Math.floorMod(place, 2 * side - 2);
        return round < side ? round : 2 * side - 2 - round;
    }

    /** Where a pixel is taken from, in one direction. */
    @FunctionalInterface
    private interface Place {
        double of(int y, int x);
    }

    /** The affine map that takes three moved points back to where they were. */
    private record Affine(Slope rows, Slope columns) {

        static Affine random(Picture picture, double shift, RandomStream random) {
            double y = Math.floor(picture.height() / 2.0);
            double x = Math.floor(picture.width() / 2.0);
            double reach = Math.floor(Math.min(picture.height(), picture.width()) / 3.0);
            double[] ys = {y + reach, y - reach, y - reach};
            double[] xs = {x + reach, x + reach, x - reach};
            double[] movedYs = new double[ys.length];
            double[] movedXs = new double[xs.length];
            Arrays.setAll(movedYs, i -> ys[i] + shift * (2 * random.nextDouble() - 1));
            Arrays.setAll(movedXs, i -> xs[i] + shift * (2 * random.nextDouble() - 1));
            return new Affine(Slope.through(movedYs, movedXs, ys), Slope.through(movedYs, movedXs, xs));
        }

        double row(double y, double x) {
            return rows.at(y, x);
        }

        double column(double y, double x) {
            return columns.at(y, x);
        }
    }

    /** A value that grows evenly in both directions. */
    private record Slope(double start, double byY, double byX) {

        double at(double y, double x) {
            return start + byY * y + byX * x;
        }

        /** That has three values at three places, by Cramer's rule. */
        static Slope through(double[] ys, double[] xs, double[] values) {
            double y1 = ys[1] - ys[0];
            double y2 = ys[2] - ys[0];
            double x1 = xs[1] - xs[0];
            double x2 = xs[2] - xs[0];
            double v1 = values[1] - values[0];
            double v2 = values[2] - values[0];
            double area = y1 * x2 - y2 * x1;
            double byY = (v1 * x2 - v2 * x1) / area;
            double byX = (y1 * v2 - y2 * v1) / area;
            return new Slope(values[0] - byY * ys[0] - byX * xs[0], byY, byX);
        }
    }
}
