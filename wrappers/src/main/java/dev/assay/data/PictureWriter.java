package dev.assay.data;

import dev.assay.random.RandomStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes pictures of a set as normalised floats, varied or as they are, row by row with the channels of a pixel side by side.
 *
 * <p>This is the inner loop of all training on pictures, so its shape is measured: a window is first put together from whole rows of bytes,
 * then all its values are looked up in one long loop, which costs half of what looking up row by row does. To be used by one thread.
 */
final class PictureWriter {
    private final ImageSet images;
    private final Optional<PictureChange> change;
    private final int height;
    private final int width;
    private final int channels;
    private final int pad;
    private final Flip flip;
    private final int cutout;
    /** By channel, what a byte becomes. */
    private final float[][] values;
    /** By row of the padded picture, the row of the picture that it mirrors; and the same for columns. */
    private final int[] rows;

    private final int[] columns;
    /** The window being written; upside down if it is to be mirrored. */
    private final byte[] window;

    PictureWriter(
            ImageSet images, Normalisation normalisation, Augmentation augmentation, Optional<PictureChange> change) {
        this.images = images;
        this.change = change;
        this.height = images.format().height();
        this.width = images.format().width();
        this.channels = images.format().channels();
        this.pad = augmentation.pad();
        this.flip = augmentation.flip();
        this.cutout = augmentation.cutout();
        this.values = new float[channels][];
        Arrays.setAll(values, normalisation::table);
        this.rows = reflected(height, pad);
        this.columns = reflected(width, pad);
        this.window = new byte[images.format().bytes()];
    }

    /** Writes an example as it is. */
    void write(int example, float[] target) {
        crop(example, pad, pad, false, target);
    }

    /** Whether sides alternate from pass to pass. */
    boolean isAlternating() {
        return flip == Flip.ALTERNATING;
    }

    /**
     * Writes an example varied by the next numbers of {@code random}: always five, so that each choice is the same whatever else is on.
     *
     * @param isOtherSide whether it is mirrored where sides alternate
     */
    void write(int example, RandomStream random, boolean isOtherSide, float[] target) {
        int top = random.nextInt(2 * pad + 1);
        int left = random.nextInt(2 * pad + 1);
        boolean isChosen = random.nextInt(2) == 1;
        boolean isMirrored = switch (flip) {
            case NONE -> false;
            case RANDOM -> isChosen;
            case ALTERNATING -> isOtherSide;
        };
        int row = random.nextInt(height);
        int column = random.nextInt(width);
        crop(example, top, left, isMirrored, target);
        cut(row, column, target);
    }

    /** Writes the window of the padded picture that begins at row {@code top} and column {@code left}, then mirrors it if need be. */
    void crop(int example, int top, int left, boolean isMirrored, float[] target) {
        if (change.isPresent()) {
            fillWindow(change.get().apply(images.place(example), images.picture(example)), 0, top, left, isMirrored);
        } else {
            fillWindow(images.pixels(), images.offset(example), top, left, isMirrored);
        }
        if (isMirrored) {
            // Upside down and back to front is mirrored left to right.
            lookUpBackwards(target);
        } else {
            lookUp(target);
        }
    }

    /** Puts 0, the mean colour, into the square around a pixel, as far as it lies within the picture. */
    void cut(int row, int column, float[] target) {
        int top = Math.max(row - cutout / 2, 0);
        int bottom = Math.min(row - cutout / 2 + cutout, height);
        int left = Math.max(column - cutout / 2, 0);
        int right = Math.min(column - cutout / 2 + cutout, width);
        for (int y = top; y < bottom; y++) {
            Arrays.fill(target, (y * width + left) * channels, (y * width + right) * channels, 0f);
        }
    }

    private void fillWindow(byte[] pixels, int offset, int top, int left, boolean isUpsideDown) {
        int stride = width * channels;
        int first = Math.max(pad - left, 0);
        int end = Math.min(width, width + pad - left);
        int from = offset + columns[left + first] * channels;
        int length = (end - first) * channels;
        // Rows that lie within the picture follow one another there too, so they are copied at once unless their order
        // changes; what comes
        // between them in the picture is overwritten by the columns that lie outside.
        int firstRow = isUpsideDown ? height : Math.max(pad - top, 0);
        int endRow = isUpsideDown ? height : Math.min(height, height + pad - top);
        if (firstRow < endRow) {
            int to = firstRow * stride + first * channels;
            System.arraycopy(
                    pixels,
                    from + rows[top + firstRow] * stride,
                    window,
                    to,
                    (endRow - firstRow - 1) * stride + length);
        }
        for (int y = 0; y < height; y++) {
            if (y < firstRow || y >= endRow) {
                int to = (isUpsideDown ? height - 1 - y : y) * stride + first * channels;
                System.arraycopy(pixels, from + rows[top + y] * stride, window, to, length);
            }
        }
        for (int x = 0; x < first; x++) {
            fillColumn(pixels, offset, top, left, x, isUpsideDown);
        }
        for (int x = end; x < width; x++) {
            fillColumn(pixels, offset, top, left, x, isUpsideDown);
        }
    }

    private void fillColumn(byte[] pixels, int offset, int top, int left, int x, boolean isUpsideDown) {
        int stride = width * channels;
        int from = offset + columns[left + x] * channels;
        int to = (isUpsideDown ? (height - 1) * stride : 0) + x * channels;
        int step = isUpsideDown ? -stride : stride;
        for (int channel = 0; channel < channels; channel++) {
            fillColumn(pixels, from + channel, top, stride, to + channel, step);
        }
    }

    private void fillColumn(byte[] pixels, int from, int top, int stride, int to, int step) {
        int at = to;
        for (int y = 0; y < height; y++) {
            window[at] = pixels[from + rows[top + y] * stride];
            at += step;
        }
    }

    private void lookUp(float[] target) {
        if (channels == 3) {
            lookUpColour(window, values[0], values[1], values[2], target);
            return;
        }
        for (int at = 0; at < window.length; at++) {
            target[at] = values[at % channels][window[at] & 0xFF];
        }
    }

    private void lookUpBackwards(float[] target) {
        if (channels == 3) {
            lookUpColourBackwards(window, values[0], values[1], values[2], target);
            return;
        }
        for (int at = 0; at < window.length; at++) {
            int channel = at % channels;
            target[window.length - channels - at + 2 * channel] = values[channel][window[at] & 0xFF];
        }
    }

    private static void lookUpColour(byte[] window, float[] red, float[] green, float[] blue, float[] target) {
        for (int at = 0; at < window.length; at += 3) {
            target[at] = red[window[at] & 0xFF];
            target[at + 1] = green[window[at + 1] & 0xFF];
            target[at + 2] = blue[window[at + 2] & 0xFF];
        }
    }

    /** Reads backwards and writes forwards, which the compiler takes twice as fast as the other way round. */
    private static void lookUpColourBackwards(byte[] window, float[] red, float[] green, float[] blue, float[] target) {
        int last = window.length - 3;
        for (int at = 0; at < window.length; at += 3) {
            int from = last - at;
            target[at] = red[window[from] & 0xFF];
            target[at + 1] = green[window[from + 1] & 0xFF];
            target[at + 2] = blue[window[from + 2] & 0xFF];
        }
    }

    /** For each of {@code size + 2 pad} places, the place within {@code size} that it mirrors. */
    private static int[] reflected(int size, int pad) {
        int[] places = new int[size + 2 * pad];
        Arrays.setAll(places, i -> size - 1 - Math.abs(size - 1 - Math.abs(i - pad)));
        return places;
    }
}
