package dev.assay.examples.cifar10.data;

import dev.assay.data.ImageSet;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.List;

/** Draws pictures of striped figures. All arithmetic is in whole numbers, so that a seed gives the same bytes everywhere. */
final class SyntheticPictures {
    static final List<String> CLASSES = List.of(
            "disc across",
            "disc down",
            "ring across",
            "ring down",
            "square across",
            "square down",
            "triangle across",
            "triangle down",
            "cross across",
            "cross down");

    private static final int SIDE = CifarData.FORMAT.height();
    private static final int CHANNELS = CifarData.FORMAT.channels();
    private static final int LEAST_RADIUS = 8;
    private static final int LEAST_CONTRAST = 48;
    private static final int STRIPE = 2;
    /** Standard deviation of the sum of four bytes, each uniform. */
    private static final double SUM_STD = Math.sqrt(4 * (256.0 * 256 - 1) / 12);

    private static final int SUM_MEAN = 2 * 255;
    private static final int ONE = 1 << 16;

    private final Seed seed;
    /** What a unit of the sum of four bytes is in values of a pixel, in 65,536ths. */
    private final int noise;

    SyntheticPictures(Seed seed, double noise) {
        this.seed = seed;
        this.noise = (int) Math.round(noise * 255 / SUM_STD * ONE);
    }

    /** Pictures 0 to {@code size - 1} of a partition, in which each class has every tenth. */
    ImageSet draw(String partition, int size) {
        ImageSet.Builder images = ImageSet.builder(CifarData.FORMAT, CLASSES, size);
        byte[] picture = new byte[CifarData.FORMAT.bytes()];
        for (int i = 0; i < size; i++) {
            int label = i % CLASSES.size();
            draw(label, seed.stream(partition, i), picture);
            images.set(i, label, picture);
        }
        return images.build();
    }

    private void draw(int label, RandomStream random, byte[] picture) {
        int radius = LEAST_RADIUS + random.nextInt(4);
        int row = radius + random.nextInt(SIDE - 2 * radius);
        int column = radius + random.nextInt(SIDE - 2 * radius);
        int phase = random.nextInt(2 * STRIPE);
        int[] ground = new int[CHANNELS];
        int[] contrast = new int[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            ground[channel] = 24 + random.nextInt(96);
            contrast[channel] = LEAST_CONTRAST + random.nextInt(64);
        }
        int at = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int strength = strength(label, y - row, x - column, radius, phase);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    picture[at++] = value(ground[channel] + contrast[channel] * strength / 2, random);
                }
            }
        }
    }

    /** How much of the figure's colour there is at a place: 0 outside, 1 or 2 in its stripes. */
    private static int strength(int label, int y, int x, int radius, int phase) {
        if (!isInside(label / 2, y, x, radius)) {
            return 0;
        }
        int along = label % 2 == 0 ? y : x;
        return 1 + (along + SIDE + phase) / STRIPE % 2;
    }

    private static boolean isInside(int figure, int y, int x, int radius) {
        int distance = y * y + x * x;
        int reach = Math.max(Math.abs(y), Math.abs(x));
        return switch (figure) {
            case 0 -> distance <= radius * radius;
            case 1 -> distance <= radius * radius && 3 * distance >= radius * radius;
            case 2 -> 5 * reach <= 4 * radius;
            case 3 -> 4 * y <= 3 * radius && 2 * Math.abs(x) <= y + radius;
            default -> reach <= radius && 3 * Math.min(Math.abs(y), Math.abs(x)) <= radius;
        };
    }

    private byte value(int mean, RandomStream random) {
        long bits = random.nextLong();
        int sum = (int) ((bits & 0xFF) + ((bits >>> 8) & 0xFF) + ((bits >>> 16) & 0xFF) + ((bits >>> 24) & 0xFF));
        return (byte) Math.min(Math.max(mean + (((sum - SUM_MEAN) * noise) >> 16), 0), 255);
    }
}
