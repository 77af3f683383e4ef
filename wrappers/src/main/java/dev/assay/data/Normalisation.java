package dev.assay.data;

import dev.assay.error.AssayException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes pixel values, of which 255 counts as 1, to mean 0 and standard deviation 1 in each channel. It comes from the training pictures and
 * is applied to all others. Written as JSON by its components and read again it is the same, to the last bit.
 *
 * @param mean by channel
 * @param std by channel, of the population (divided by the number of pixels)
 */
public record Normalisation(List<Double> mean, List<Double> std) {
    private static final int WHITE = 255;

    public Normalisation {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != std.size()
                || !mean.stream().allMatch(Double::isFinite)
                || !std.stream().allMatch(value -> Double.isFinite(value) && value > 0)) {
            throw new AssayException("A normalisation by mean " + mean + " and standard deviation " + std
                    + " must have one finite mean and one positive deviation for each channel.");
        }
    }

    /**
     * The mean and deviation of these pictures, computed in integers and rounded once. A channel that has one value everywhere gets the
     * deviation 1, so that it becomes 0.
     *
     * @throws AssayException if there are no pictures
     */
    public static Normalisation from(ImageSet images) {
        if (images.size() == 0) {
            throw new AssayException("A normalisation cannot be computed from 0 pictures.");
        }
        List<Double> mean = new ArrayList<>();
        List<Double> std = new ArrayList<>();
        long pixels = (long) images.size()
                * images.format().height()
                * images.format().width();
        for (int channel = 0; channel < images.format().channels(); channel++) {
            Sums sums = Sums.of(images, channel);
            mean.add(sums.mean(pixels));
            std.add(sums.std(pixels));
        }
        return new Normalisation(mean, std);
    }

    public int channels() {
        return mean.size();
    }

    /** What each of the 256 byte values becomes in a channel. */
    float[] table(int channel) {
        float[] table = new float[WHITE + 1];
        for (int value = 0; value < table.length; value++) {
            table[value] = (float) (((double) value / WHITE - mean.get(channel)) / std.get(channel));
        }
        return table;
    }

    /** Sum of the byte values of a channel and of their squares. */
    private record Sums(long values, long squares) {

        static Sums of(ImageSet images, int channel) {
            long values = 0;
            long squares = 0;
            for (int i = 0; i < images.size(); i++) {
                int end = images.offset(i) + images.format().bytes();
                for (int at = images.offset(i) + channel;
                        at < end;
                        at += images.format().channels()) {
                    int value = images.pixels()[at] & 0xFF;
                    values += value;
                    squares += (long) value * value;
                }
            }
            return new Sums(values, squares);
        }

        double mean(long pixels) {
            return BigDecimal.valueOf(values)
                    .divide(BigDecimal.valueOf(pixels * WHITE), MathContext.DECIMAL128)
                    .doubleValue();
        }

        double std(long pixels) {
            BigInteger spread = BigInteger.valueOf(pixels)
                    .multiply(BigInteger.valueOf(squares))
                    .subtract(BigInteger.valueOf(values).pow(2));
            return spread.signum() == 0
                    ? 1
                    : new BigDecimal(spread)
                            .sqrt(MathContext.DECIMAL128)
                            .divide(BigDecimal.valueOf(pixels * WHITE), MathContext.DECIMAL128)
                            .doubleValue();
        }
    }
}
