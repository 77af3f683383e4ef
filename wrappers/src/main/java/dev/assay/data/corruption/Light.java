package dev.assay.data.corruption;

import dev.assay.random.RandomStream;
import java.util.Arrays;

/** Distortions of brightness and colour. */
final class Light {
    private static final double FIRST_WIBBLE = 100;

    private Light() {}

    /** Adds to the brightest channel of a pixel and scales the others by as much, which leaves hue and saturation. */
    static Distortion brightness(double more) {
        return (picture, random) -> eachPixel(picture, values -> {
            double value = Arrays.stream(values).max().orElse(0);
            double raised = Math.min(value + more, 1);
            Arrays.setAll(values, channel -> value == 0 ? raised : values[channel] * raised / value);
        });
    }

    /** Scales and raises the saturation; what is grey has no hue and stays so. */
    static Distortion saturate(double factor, double more) {
        return (picture, random) -> eachPixel(picture, values -> {
            double value = Arrays.stream(values).max().orElse(0);
            double least = Arrays.stream(values).min().orElse(0);
            if (value > least) {
                double saturation = (value - least) / value;
                double changed = Math.min(Math.max(saturation * factor + more, 0), 1);
                Arrays.setAll(values, channel -> value - (value - values[channel]) * changed / saturation);
            }
        });
    }

    static Distortion contrast(double left) {
        return (picture, random) -> picture.replaceEach(plane -> {
            double mean = Arrays.stream(plane).sum() / plane.length;
            double[] flat = new double[plane.length];
            Arrays.setAll(flat, i -> (plane[i] - mean) * left + mean);
            return flat;
        });
    }

    /**
     * Adds a cloud and darkens all so that nothing becomes brighter than it was.
     *
     * @param amount brightness of the cloud where it is thickest
     * @param decay how much smoother it is at each smaller scale
     */
    static Distortion fog(double amount, double decay) {
        return (picture, random) -> {
            int side = powerOfTwo(Math.max(picture.height(), picture.width()));
            double[] cloud = cloud(side, decay, random);
            double brightest = 0;
            for (int channel = 0; channel < picture.channels(); channel++) {
                brightest = Math.max(
                        brightest, Arrays.stream(picture.plane(channel)).max().orElse(0));
            }
            double scale = brightest / (brightest + amount);
            int width = picture.width();
            picture.replaceEach(plane -> {
                double[] foggy = new double[plane.length];
                Arrays.setAll(foggy, i -> (plane[i] + amount * cloud[i / width * side + i % width]) * scale);
                return foggy;
            });
        };
    }

    /** A plasma fractal from 0 to 1 by the diamond-square algorithm, on a square whose borders meet. */
    private static double[] cloud(int side, double decay, RandomStream random) {
        double[] map = new double[side * side];
        double wibble = FIRST_WIBBLE;
        for (int step = side; step >= 2; step /= 2) {
            int half = step / 2;
            double spread = wibble * wibble;
            // First the middles of squares from their corners, then the middles of sides from corners and middles.
            fill(
                    map,
                    side,
                    step,
                    half,
                    half,
                    new int[] {-half, -half, -half, half, half, -half, half, half},
                    spread,
                    random);
            fill(map, side, step, 0, half, new int[] {-half, 0, half, 0, 0, -half, 0, half}, spread, random);
            fill(map, side, step, half, 0, new int[] {-half, 0, half, 0, 0, -half, 0, half}, spread, random);
            wibble /= decay;
        }
        double least = Arrays.stream(map).min().orElse(0);
        double range = Arrays.stream(map).max().orElse(0) - least;
        Arrays.setAll(map, i -> range == 0 ? 0 : (map[i] - least) / range);
        return map;
    }

    /** Sets points a step apart to the mean of four others and some chance. */
    private static void fill(
            double[] map, int side, int step, int top, int left, int[] others, double spread, RandomStream random) {
        for (int y = top; y < side; y += step) {
            for (int x = left; x < side; x += step) {
                double sum = 0;
                for (int i = 0; i < others.length; i += 2) {
                    sum += map[Math.floorMod(y + others[i], side) * side + Math.floorMod(x + others[i + 1], side)];
                }
                map[y * side + x] = sum / 4 + spread * (2 * random.nextDouble() - 1);
            }
        }
    }

    private static int powerOfTwo(int least) {
        return Math.max(2, Integer.highestOneBit(2 * least - 1));
    }

    private static void eachPixel(Picture picture, PixelChange change) {
        double[] values = new double[picture.channels()];
        for (int at = 0; at < picture.plane(0).length; at++) {
            for (int channel = 0; channel < values.length; channel++) {
                values[channel] = picture.plane(channel)[at];
            }
            change.apply(values);
            for (int channel = 0; channel < values.length; channel++) {
                picture.plane(channel)[at] = values[channel];
            }
        }
    }

    /** Changes the values of one pixel, by channel, in place. */
    @FunctionalInterface
    private interface PixelChange {
        void apply(double[] values);
    }
}
