package dev.assay.data;

import dev.assay.error.AssayException;
import dev.assay.random.RandomStream;
import java.util.Arrays;

/**
 * A set of pictures parted in two at random, with each class in the same proportion in both. The examples of each part are in the order
 * of the whole.
 *
 * @param taken as many examples as were asked for
 * @param rest the others
 */
public record StratifiedSplit(ImageSet taken, ImageSet rest) {

    /**
     * Takes {@code examples} out of {@code whole}. A class gives its share rounded down; what is then missing comes, one each, from the
     * classes that lost most by rounding, lower labels first.
     *
     * @throws AssayException if there are not that many
     */
    public static StratifiedSplit of(ImageSet whole, int examples, RandomStream random) {
        if (examples < 0 || examples > whole.size()) {
            throw new AssayException("Of " + whole.size() + " examples " + examples
                    + " were asked for; it must be at least 0 and at most all of them.");
        }
        int[] open = shares(whole.sizesByClass(), examples, whole.size());
        boolean[] isTaken = new boolean[whole.size()];
        for (int example : random.permutation(whole.size())) {
            isTaken[example] = open[whole.label(example)]-- > 0;
        }
        return new StratifiedSplit(select(whole, isTaken, true), select(whole, isTaken, false));
    }

    private static int[] shares(int[] sizes, int examples, int total) {
        int[] shares = new int[sizes.length];
        int missing = examples;
        for (int label = 0; label < sizes.length; label++) {
            shares[label] = (int) ((long) sizes[label] * examples / Math.max(total, 1));
            missing -= shares[label];
        }
        for (; missing > 0; missing--) {
            shares[neediest(sizes, shares, examples, total)]++;
        }
        return shares;
    }

    /** The class whose share is furthest below its exact part of {@code examples}. */
    private static int neediest(int[] sizes, int[] shares, int examples, int total) {
        int neediest = 0;
        long most = Long.MIN_VALUE;
        for (int label = 0; label < sizes.length; label++) {
            long lost = (long) sizes[label] * examples - (long) shares[label] * total;
            if (lost > most) {
                most = lost;
                neediest = label;
            }
        }
        return neediest;
    }

    private static ImageSet select(ImageSet whole, boolean[] isTaken, boolean wanted) {
        int[] selected = new int[isTaken.length];
        int size = 0;
        for (int example = 0; example < isTaken.length; example++) {
            if (isTaken[example] == wanted) {
                selected[size++] = example;
            }
        }
        return whole.select(Arrays.copyOf(selected, size));
    }
}
