package dev.assay.data.corruption;

import java.util.Locale;

/** The families of corruptions. */
public enum CorruptionKind {
    /** Normal noise on each value. */
    GAUSSIAN_NOISE,
    /** Noise of few photons: Poisson-distributed values. */
    SHOT_NOISE,
    /** Values that are black or white by chance. */
    IMPULSE_NOISE,
    /** Normal noise in proportion to each value. */
    SPECKLE_NOISE,
    /** Convolution with a bell. */
    GAUSSIAN_BLUR,
    /** Convolution with a softened disc. */
    DEFOCUS_BLUR,
    /** A trail in one direction, at most 45 degrees from level. */
    MOTION_BLUR,
    /** The mean of enlargements. */
    ZOOM_BLUR,
    /** A cloudy veil, a plasma fractal. */
    FOG,
    /** More light: the V of HSV is raised. */
    BRIGHTNESS,
    /** Less contrast: values move towards the mean of their channel. */
    CONTRAST,
    /** Paler (1 and 2), then stronger colours: the S of HSV is scaled and raised. */
    SATURATE,
    /** A random affine map and random bending. */
    ELASTIC,
    /** A turn to one side or the other; not in CIFAR-10-C. */
    ROTATION,
    /** Fewer pixels. */
    PIXELATE,
    /** What JPEG loses. */
    JPEG;

    /** As it is written in configs, such as {@code gaussian-noise}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
