package dev.assay.data.corruption;

import dev.assay.random.RandomStream;
import java.util.Arrays;

/**
 * What JPEG (ITU-T T.81) loses: colours at half the resolution, and the cosine transform of blocks of 8×8 in whole multiples of the example
 * tables of its Annex K, scaled by quality as the Independent JPEG Group does. The coding after that loses nothing and is left out. It is
 * written out here because the codec of a Java runtime depends on the library it was built with.
 */
final class Jpeg implements Distortion {
    private static final int BLOCK = 8;
    private static final int HALF_QUALITY = 50;
    private static final double GREY = 128;
    private static final double WHITE = 255;

    private static final int[] LUMA = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };
    private static final int[] CHROMA = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99
    };
    /** By frequency and place, the orthonormal cosine transform of eight values. */
    private static final double[] COSINES = cosines();

    private final int[] luma;
    private final int[] chroma;

    private Jpeg(int[] luma, int[] chroma) {
        this.luma = luma;
        this.chroma = chroma;
    }

    /** Of a quality from 1 to 100. */
    static Jpeg ofQuality(int quality) {
        int percent = quality < HALF_QUALITY ? 5000 / quality : 200 - 2 * quality;
        return new Jpeg(scaled(LUMA, percent), scaled(CHROMA, percent));
    }

    /** Pictures of three channels are taken for red, green and blue; the channels of others for grey pictures. */
    @Override
    public void apply(Picture picture, RandomStream random) {
        int height = picture.height();
        int width = picture.width();
        if (picture.channels() != 3) {
            picture.replaceEach(plane -> {
                double[] whole = new double[plane.length];
                Arrays.setAll(whole, i -> Math.rint(plane[i] * WHITE));
                return scaled(coded(whole, height, width, luma), 1 / WHITE);
            });
            return;
        }
        double[][] colours = toLumaAndChroma(picture);
        double[] y = coded(colours[0], height, width, luma);
        double[] blue = halved(colours[1], height, width);
        double[] red = halved(colours[2], height, width);
        int rows = (height + 1) / 2;
        int columns = (width + 1) / 2;
        double[] cb = doubled(coded(blue, rows, columns, chroma), rows, columns, height, width);
        double[] cr = doubled(coded(red, rows, columns, chroma), rows, columns, height, width);
        toColours(y, cb, cr, picture);
    }

    private static double[][] toLumaAndChroma(Picture picture) {
        double[][] planes = new double[3][picture.plane(0).length];
        for (int i = 0; i < planes[0].length; i++) {
            double r = picture.plane(0)[i] * WHITE;
            double g = picture.plane(1)[i] * WHITE;
            double b = picture.plane(2)[i] * WHITE;
            planes[0][i] = Math.rint(0.299 * r + 0.587 * g + 0.114 * b);
            planes[1][i] = Math.rint(-0.168736 * r - 0.331264 * g + 0.5 * b + GREY);
            planes[2][i] = Math.rint(0.5 * r - 0.418688 * g - 0.081312 * b + GREY);
        }
        return planes;
    }

    private static void toColours(double[] luma, double[] blue, double[] red, Picture picture) {
        for (int i = 0; i < luma.length; i++) {
            double b = blue[i] - GREY;
            double r = red[i] - GREY;
            picture.plane(0)[i] = (luma[i] + 1.402 * r) / WHITE;
            picture.plane(1)[i] = (luma[i] - 0.344136 * b - 0.714136 * r) / WHITE;
            picture.plane(2)[i] = (luma[i] + 1.772 * b) / WHITE;
        }
    }

    /** What is left of a plane of values from 0 to 255, block by block; where it ends within a block its last pixel goes on. */
    private static double[] coded(double[] plane, int height, int width, int[] steps) {
        double[] coded = new double[plane.length];
        double[] block = new double[BLOCK * BLOCK];
        for (int top = 0; top < height; top += BLOCK) {
            for (int left = 0; left < width; left += BLOCK) {
                for (int i = 0; i < block.length; i++) {
                    int y = Math.min(top + i / BLOCK, height - 1);
                    int x = Math.min(left + i % BLOCK, width - 1);
                    block[i] = plane[y * width + x] - GREY;
                }
                double[] frequencies = transformed(block, false);
                Arrays.setAll(frequencies, i -> Math.rint(frequencies[i] / steps[i]) * steps[i]);
                double[] left8 = transformed(frequencies, true);
                for (int i = 0; i < block.length; i++) {
                    if (top + i / BLOCK < height && left + i % BLOCK < width) {
                        double value = Math.rint(left8[i] + GREY);
                        coded[(top + i / BLOCK) * width + left + i % BLOCK] = Math.min(Math.max(value, 0), WHITE);
                    }
                }
            }
        }
        return coded;
    }

    /** The cosine transform of a block in both directions, or its inverse. */
    private static double[] transformed(double[] block, boolean isInverse) {
        double[] rows = new double[block.length];
        for (int i = 0; i < block.length; i++) {
            for (int k = 0; k < BLOCK; k++) {
                rows[i] += block[i / BLOCK * BLOCK + k] * cosine(i % BLOCK, k, isInverse);
            }
        }
        double[] both = new double[block.length];
        for (int i = 0; i < block.length; i++) {
            for (int k = 0; k < BLOCK; k++) {
                both[i] += rows[k * BLOCK + i % BLOCK] * cosine(i / BLOCK, k, isInverse);
            }
        }
        return both;
    }

    private static double cosine(int to, int from, boolean isInverse) {
        return isInverse ? COSINES[from * BLOCK + to] : COSINES[to * BLOCK + from];
    }

    /** Means of 2×2 pixels. */
    private static double[] halved(double[] plane, int height, int width) {
        int columns = (width + 1) / 2;
        double[] halved = new double[(height + 1) / 2 * columns];
        for (int i = 0; i < halved.length; i++) {
            int y = i / columns * 2;
            int x = i % columns * 2;
            int below = Math.min(y + 1, height - 1) * width;
            int right = Math.min(x + 1, width - 1);
            halved[i] = Math.floor(
                    (plane[y * width + x] + plane[y * width + right] + plane[below + x] + plane[below + right] + 2)
                            / 4);
        }
        return halved;
    }

    /** Each pixel three quarters of the one it lies in and one of the next, in both directions. */
    private static double[] doubled(double[] plane, int rows, int columns, int height, int width) {
        double[] doubled = new double[height * width];
        for (int i = 0; i < doubled.length; i++) {
            int y = i / width;
            int x = i % width;
            int row = y / 2 * columns;
            int nextRow = Math.min(Math.max(y / 2 + (y % 2 == 0 ? -1 : 1), 0), rows - 1) * columns;
            int column = x / 2;
            int nextColumn = Math.min(Math.max(x / 2 + (x % 2 == 0 ? -1 : 1), 0), columns - 1);
            doubled[i] = Math.rint((9 * plane[row + column]
                            + 3 * plane[row + nextColumn]
                            + 3 * plane[nextRow + column]
                            + plane[nextRow + nextColumn])
                    / 16);
        }
        return doubled;
    }

    private static int[] scaled(int[] table, int percent) {
        return Arrays.stream(table)
                .map(step -> Math.min(Math.max((step * percent + 50) / 100, 1), 255))
                .toArray();
    }

    private static double[] scaled(double[] plane, double factor) {
        return Arrays.stream(plane).map(value -> value * factor).toArray();
    }

    private static double[] cosines() {
        double[] cosines = new double[BLOCK * BLOCK];
        for (int frequency = 0; frequency < BLOCK; frequency++) {
            double size = StrictMath.sqrt((frequency == 0 ? 1.0 : 2.0) / BLOCK);
            for (int place = 0; place < BLOCK; place++) {
                cosines[frequency * BLOCK + place] =
                        size * StrictMath.cos((2 * place + 1) * frequency * StrictMath.PI / (2 * BLOCK));
            }
        }
        return cosines;
    }
}
