package dev.assay.data;

import dev.assay.AssayException;
import dev.assay.random.RandomStream;
import java.util.Arrays;

/**
 * Writes pictures of a set as normalised floats, varied or as they are, row by row with the channels of a pixel side by side. Every index is
 * looked up in a table made beforehand, so that a picture costs one load and one store a value. Immutable.
 */
final class PictureWriter {
    private final ImageSet images;
    private final int pad;
    private final boolean flips;
    private final int cutout;
    /** By channel, what a byte becomes. */
    private final float[][] values;
    /** By row of the padded picture, the byte at which its row begins in the picture. */
    private final int[] rows;
    /** By first column of the window and then by column, the byte at which its pixel begins in the row. */
    private final int[][] columns;
    /** The same for mirrored windows. */
    private final int[][] mirroredColumns;

    PictureWriter(ImageSet images, Normalisation normalisation, Augmentation augmentation) {
        ImageFormat format = images.format();
        if (augmentation.pad() >= Math.min(format.height(), format.width())) {
            throw new AssayException("The pad (" + augmentation.pad() + ") of pictures of " + format
                    + " must be less than their height and width, since they are continued by reflection.");
        }
        this.images = images;
        this.pad = augmentation.pad();
        this.flips = augmentation.flip();
        this.cutout = augmentation.cutout();
        this.values = new float[format.channels()][];
        Arrays.setAll(values, normalisation::table);
        this.rows = reflected(format.height(), pad, format.width() * format.channels());
        int[] padded = reflected(format.width(), pad, format.channels());
        this.columns = new int[2 * pad + 1][];
        Arrays.setAll(columns, first -> Arrays.copyOfRange(padded, first, first + format.width()));
        this.mirroredColumns = new int[2 * pad + 1][];
        Arrays.setAll(mirroredColumns, first -> mirrored(columns[first]));
    }

    /** Writes an example as it is. */
    void write(int example, float[] target) {
        copy(example, pad, pad, false, target);
    }

    /** Writes an example varied by the next numbers of {@code random}: always five, so that each choice is the same whatever else is on. */
    void write(int example, RandomStream random, float[] target) {
        int top = random.nextInt(2 * pad + 1);
        int left = random.nextInt(2 * pad + 1);
        boolean isFlipped = random.nextInt(2) == 1 && flips;
        int row = random.nextInt(images.format().height());
        int column = random.nextInt(images.format().width());
        copy(example, top, left, isFlipped, target);
        cut(row, column, target);
    }

    /** Writes the window of the padded picture that begins at row {@code top} and column {@code left}, then mirrors it if need be. */
    void copy(int example, int top, int left, boolean isFlipped, float[] target) {
        int height = images.format().height();
        int stride = images.format().width() * images.format().channels();
        int offset = images.offset(example);
        int[] pixelAt = (isFlipped ? mirroredColumns : columns)[left];
        for (int y = 0; y < height; y++) {
            copyRow(images.pixels(), offset + rows[top + y], pixelAt, target, y * stride);
        }
    }

    private void copyRow(byte[] source, int from, int[] pixelAt, float[] target, int to) {
        int channels = values.length;
        for (int channel = 0; channel < channels; channel++) {
            float[] value = values[channel];
            int at = to + channel;
            for (int start : pixelAt) {
                target[at] = value[source[from + start + channel] & 0xFF];
                at += channels;
            }
        }
    }

    /** Puts 0, the mean colour, into the square around a pixel, as far as it lies within the picture. */
    void cut(int row, int column, float[] target) {
        ImageFormat format = images.format();
        int top = Math.max(row - cutout / 2, 0);
        int bottom = Math.min(row - cutout / 2 + cutout, format.height());
        int left = Math.max(column - cutout / 2, 0);
        int right = Math.min(column - cutout / 2 + cutout, format.width());
        for (int y = top; y < bottom; y++) {
            int start = y * format.width();
            Arrays.fill(target, (start + left) * format.channels(), (start + right) * format.channels(), 0f);
        }
    }

    /** For each of {@code size + 2 pad} places, the place within {@code size} it mirrors, times {@code unit}. */
    private static int[] reflected(int size, int pad, int unit) {
        int[] places = new int[size + 2 * pad];
        Arrays.setAll(places, i -> (size - 1 - Math.abs(size - 1 - Math.abs(i - pad))) * unit);
        return places;
    }

    private static int[] mirrored(int[] places) {
        int[] mirrored = new int[places.length];
        Arrays.setAll(mirrored, i -> places[places.length - 1 - i]);
        return mirrored;
    }
}
