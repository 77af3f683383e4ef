package dev.assay.data;

/**
 * A change of each picture before all else, such as a corruption for a shifted test set. What comes out depends on the picture and its number
 * alone. Used by several threads at once.
 */
@FunctionalInterface
public interface PictureChange {

    /**
     * The changed picture, of the same format.
     *
     * @param example number of the picture in the whole set, which a selection from that set leaves as it is
     * @param picture bytes row by row with the channels of a pixel side by side; a copy, which may be written to
     */
    byte[] apply(long example, byte[] picture);
}
