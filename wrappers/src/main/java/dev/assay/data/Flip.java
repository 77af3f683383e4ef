package dev.assay.data;

/** Which training pictures are mirrored left to right. */
public enum Flip {
    /** None. */
    NONE,
    /** Each with probability one half, chosen anew each time it is shown. */
    RANDOM,
    /**
     * Each in every other pass, and half of them, at random, in the first: so both sides of a picture are seen equally often (Jordan 2024, "94% on
     * CIFAR-10 in 3.29 seconds on a single GPU", section 3.6).
     */
    ALTERNATING
}
