package dev.assay.data.corruption;

import java.util.Arrays;

/** Distortions that mix pixels with their neighbours; at the border the last pixel goes on. */
final class Blur {
    private static final double TRUNCATION = 4;
    private static final double MOST_SLANTED = 45;

    private Blur() {}

    static Distortion gaussian(double std) {
        double[] bell = bell((int) (TRUNCATION * std + 0.5), std);
        return (picture, random) ->
                picture.replaceEach(plane -> smooth(plane, picture.height(), picture.width(), bell));
    }

    /** A disc of a radius, softened by a bell of three pixels. */
    static Distortion defocus(double radius, double softness) {
        int reach = (int) Math.ceil(radius) + 1;
        int side = 2 * reach + 1;
        double[] disc = new double[side * side];
        for (int at = 0; at < disc.length; at++) {
            int y = at / side - reach;
            int x = at % side - reach;
            disc[at] = y * y + x * x <= radius * radius ? 1 : 0;
        }
        double sum = Arrays.stream(disc).sum();
        Arrays.setAll(disc, at -> disc[at] / sum);
        double[] kernel = smooth(disc, side, side, bell(1, softness));
        return (picture, random) ->
                picture.replaceEach(plane -> convolve(plane, picture.height(), picture.width(), kernel, reach));
    }

    /** Half a bell along a line that goes out from the pixel, as ImageMagick has it. */
    static Distortion motion(int radius, double std) {
        int length = 2 * radius + 1;
        double[] weights = Arrays.copyOfRange(bell(length - 1, std), length - 1, 2 * length - 1);
        double sum = Arrays.stream(weights).sum();
        return (picture, random) -> {
            double angle = StrictMath.toRadians((2 * random.nextDouble() - 1) * MOST_SLANTED);
            double down = StrictMath.sin(angle);
            double right = StrictMath.cos(angle);
            int height = picture.height();
            int width = picture.width();
            picture.replaceEach(plane -> {
                double[] blurred = new double[plane.length];
                for (int i = 0; i < length; i++) {
                    int dy = (int) Math.ceil(i * down - 0.5);
                    int dx = (int) Math.ceil(i * right - 0.5);
                    add(blurred, plane, height, width, dy, dx, weights[i] / sum);
                }
                return blurred;
            });
        };
    }

    /** The mean of the picture and its enlargements by 1, 1.01 … {@code most}. */
    static Distortion zoom(double most) {
        int steps = (int) Math.rint((most - 1) * 100);
        return (picture, random) -> {
            int height = picture.height();
            int width = picture.width();
            picture.replaceEach(plane -> {
                double[] sum = plane.clone();
                for (int step = 0; step <= steps; step++) {
                    double[] enlarged = enlarged(plane, height, width, 1 + step / 100.0);
                    Arrays.setAll(sum, i -> sum[i] + enlarged[i]);
                }
                Arrays.setAll(sum, i -> sum[i] / (steps + 2));
                return sum;
            });
        };
    }

    /** Values of a normal density at whole numbers within a reach, which add up to 1. */
    static double[] bell(int reach, double std) {
        double[] values = new double[2 * reach + 1];
        Arrays.setAll(values, i -> StrictMath.exp(-(i - reach) * (i - reach) / (2 * std * std)));
        double sum = Arrays.stream(values).sum();
        Arrays.setAll(values, i -> values[i] / sum);
        return values;
    }

    /** Convolution with a bell in both directions. */
    static double[] smooth(double[] plane, int height, int width, double[] bell) {
        int reach = bell.length / 2;
        double[] across = new double[plane.length];
        for (int i = 0; i < bell.length; i++) {
            add(across, plane, height, width, 0, i - reach, bell[i]);
        }
        double[] both = new double[plane.length];
        for (int i = 0; i < bell.length; i++) {
            add(both, across, height, width, i - reach, 0, bell[i]);
        }
        return both;
    }

    private static double[] convolve(double[] plane, int height, int width, double[] kernel, int reach) {
        double[] sum = new double[plane.length];
        int side = 2 * reach + 1;
        for (int at = 0; at < kernel.length; at++) {
            add(sum, plane, height, width, at / side - reach, at % side - reach, kernel[at]);
        }
        return sum;
    }

    /** Adds a plane, moved by so many pixels and weighted. */
    private static void add(double[] sum, double[] plane, int height, int width, int dy, int dx, double weight) {
        for (int y = 0; y < height; y++) {
            int row = Math.min(Math.max(y + dy, 0), height - 1) * width;
            for (int x = 0; x < width; x++) {
                sum[y * width + x] += weight * plane[row + Math.min(Math.max(x + dx, 0), width - 1)];
            }
        }
    }

    private static double[] enlarged(double[] plane, int height, int width, double factor) {
        double[] rows = places(height, factor);
        double[] columns = places(width, factor);
        double[] enlarged = new double[plane.length];
        for (int at = 0; at < plane.length; at++) {
            enlarged[at] = Warp.between(plane, height, width, rows[at / width], columns[at % width]);
        }
        return enlarged;
    }

    /** For each pixel of a side, the place in the middle part of the side that is enlarged to it. */
    private static double[] places(int side, double factor) {
        int part = (int) Math.ceil(side / factor);
        int whole = (int) Math.rint(part * factor);
        int first = (side - part) / 2;
        int cut = (whole - side) / 2;
        double[] places = new double[side];
        double step = whole > 1 ? (part - 1.0) / (whole - 1) : 0;
        Arrays.setAll(places, i -> first + (i + cut) * step);
        return places;
    }
}
