package dev.assay.data.corruption;

import dev.assay.random.RandomStream;

/** Changes a picture in place; values that leave the range from black to white are cut off at the end. Safe for use by several threads. */
@FunctionalInterface
interface Distortion {
    void apply(Picture picture, RandomStream random);
}
