package dev.assay.data;

import dev.assay.error.AssayException;

/**
 * Size of a picture whose pixels are unsigned bytes, row by row, with the channels of a pixel side by side (HWC).
 *
 * @param height rows
 * @param width pixels in a row
 * @param channels bytes of a pixel
 */
public record ImageFormat(int height, int width, int channels) {
    public ImageFormat {
        if (height < 1 || width < 1 || channels < 1) {
            throw new AssayException("A picture of height " + height + ", width " + width + " and " + channels
                    + " channels holds nothing; each must be at least 1.");
        }
    }

    /** Bytes of one picture. */
    public int bytes() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    @Override
    public String toString() {
        return height + "×" + width + "×" + channels;
    }
}
