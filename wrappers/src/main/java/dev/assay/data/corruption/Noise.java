package dev.assay.data.corruption;

import java.util.Arrays;

/** Distortions of each value by itself. */
final class Noise {
    private static final int VALUES = 256;

    private Noise() {}

    static Distortion gaussian(double std) {
        return (picture, random) -> {
            for (int channel = 0; channel < picture.channels(); channel++) {
                double[] plane = picture.plane(channel);
                Arrays.setAll(plane, i -> plane[i] + std * random.nextGaussian());
            }
        };
    }

    static Distortion speckle(double std) {
        return (picture, random) -> {
            for (int channel = 0; channel < picture.channels(); channel++) {
                double[] plane = picture.plane(channel);
                Arrays.setAll(plane, i -> plane[i] + plane[i] * std * random.nextGaussian());
            }
        };
    }

    static Distortion impulse(double part) {
        return (picture, random) -> {
            for (int channel = 0; channel < picture.channels(); channel++) {
                double[] plane = picture.plane(channel);
                for (int i = 0; i < plane.length; i++) {
                    double chance = random.nextDouble();
                    if (chance < part) {
                        plane[i] = chance < part / 2 ? 0 : 1;
                    }
                }
            }
        };
    }

    /** Poisson-distributed counts where white is {@code photons}, drawn by inversion from a table for each of the 256 values. */
    static Distortion shot(double photons) {
        double[][] tables = new double[VALUES][];
        Arrays.setAll(tables, value -> cumulative(photons * value / (VALUES - 1)));
        return (picture, random) -> {
            for (int channel = 0; channel < picture.channels(); channel++) {
                double[] plane = picture.plane(channel);
                for (int i = 0; i < plane.length; i++) {
                    double[] table = tables[(int) Math.rint(plane[i] * (VALUES - 1))];
                    int found = Arrays.binarySearch(table, random.nextDouble());
                    plane[i] = (found < 0 ? -found - 1 : found + 1) / photons;
                }
            }
        };
    }

    /** The Poisson distribution function at 0, 1, 2 … as far as it matters. */
    private static double[] cumulative(double mean) {
        double[] sums = new double[(int) (mean + 12 * StrictMath.sqrt(mean) + 20)];
        double probability = StrictMath.exp(-mean);
        double sum = 0;
        for (int count = 0; count < sums.length; count++) {
            sum += probability;
            sums[count] = sum;
            probability *= mean / (count + 1);
        }
        return sums;
    }
}
