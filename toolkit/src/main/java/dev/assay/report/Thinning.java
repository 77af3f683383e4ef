package dev.assay.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Picks points of a long series so that a drawing of them looks like one of all: the least and the greatest of each of equally long stretches,
 * and the first and the last of all. No peak is lost. After Jugel, Jerzak, Hackenbroich and Markl, "M4: A Visualization-Oriented Time Series
 * Data Aggregation", VLDB 2014, with a stretch for a column of pixels.
 */
final class Thinning {
    private Thinning() {}

    /** Indices of at most {@code most} of the values, rising; all of them where there are no more. Needs {@code most} of 4 at least. */
    static int[] of(double[] values, int most) {
        if (values.length <= most) {
            return IntStream.range(0, values.length).toArray();
        }
        int stretches = (most - 2) / 2;
        int[] kept = new int[most];
        int size = 0;
        kept[size++] = 0;
        for (int stretch = 0; stretch < stretches; stretch++) {
            int from = 1 + (int) ((values.length - 2L) * stretch / stretches);
            int to = 1 + (int) ((values.length - 2L) * (stretch + 1) / stretches);
            int least = from;
            int greatest = from;
            for (int i = from + 1; i < to; i++) {
                least = values[i] < values[least] ? i : least;
                greatest = values[i] > values[greatest] ? i : greatest;
            }
            kept[size++] = Math.min(least, greatest);
            if (least != greatest) {
                kept[size++] = Math.max(least, greatest);
            }
        }
        kept[size++] = values.length - 1;
        return Arrays.copyOf(kept, size);
    }
}
