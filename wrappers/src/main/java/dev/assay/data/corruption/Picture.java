package dev.assay.data.corruption;

import dev.assay.data.ImageFormat;

/**
 * A picture as numbers from 0 (black) to 1 (white), one plane for each channel, row by row.
 */
final class Picture {
    private static final int WHITE = 255;

    private final int height;
    private final int width;
    private final double[][] planes;

    private Picture(int height, int width, double[][] planes) {
        this.height = height;
        this.width = width;
        this.planes = planes;
    }

    static Picture of(ImageFormat format, byte[] bytes) {
        int channels = format.channels();
        double[][] planes = new double[channels][format.height() * format.width()];
        for (int at = 0; at < bytes.length; at++) {
            planes[at % channels][at / channels] = (bytes[at] & 0xFF) / (double) WHITE;
        }
        return new Picture(format.height(), format.width(), planes);
    }

    /** The nearest bytes; what is darker than black or brighter than white is cut off. */
    byte[] toBytes() {
        byte[] bytes = new byte[planes.length * height * width];
        for (int at = 0; at < bytes.length; at++) {
            double value = planes[at % planes.length][at / planes.length];
            bytes[at] = (byte) Math.floor(Math.min(Math.max(value, 0), 1) * WHITE + 0.5);
        }
        return bytes;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    int channels() {
        return planes.length;
    }

    double[] plane(int channel) {
        return planes[channel];
    }

    /** Replaces every plane by what is computed from it. */
    void replaceEach(PlaneChange change) {
        for (int channel = 0; channel < planes.length; channel++) {
            planes[channel] = change.apply(planes[channel]);
        }
    }

    /** Makes a new plane. */
    @FunctionalInterface
    interface PlaneChange {
        double[] apply(double[] plane);
    }
}
