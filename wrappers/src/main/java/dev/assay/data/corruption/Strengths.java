package dev.assay.data.corruption;

/** How strong each family is by severity: as in CIFAR-10-C, where it has the family. */
final class Strengths {
    private final int severity;

    private Strengths(int severity) {
        this.severity = severity;
    }

    /** The distortion of a kind and a severity from 1 to 5. */
    static Distortion distortion(CorruptionKind kind, int severity) {
        return new Strengths(severity).of(kind);
    }

    private Distortion of(CorruptionKind kind) {
        return switch (kind) {
            case GAUSSIAN_NOISE -> Noise.gaussian(of(0.04, 0.06, 0.08, 0.09, 0.10));
            case SHOT_NOISE -> Noise.shot(of(500, 250, 100, 75, 50));
            case IMPULSE_NOISE -> Noise.impulse(of(0.01, 0.02, 0.03, 0.05, 0.07));
            case SPECKLE_NOISE -> Noise.speckle(of(0.06, 0.10, 0.12, 0.16, 0.20));
            case GAUSSIAN_BLUR -> Blur.gaussian(of(0.4, 0.6, 0.7, 0.8, 1.0));
            case DEFOCUS_BLUR -> Blur.defocus(of(0.3, 0.4, 0.5, 1, 1.5), of(0.4, 0.5, 0.6, 0.2, 0.1));
            case MOTION_BLUR -> Blur.motion((int) of(6, 6, 6, 8, 9), of(1, 1.5, 2, 2, 2.5));
            case ZOOM_BLUR -> Blur.zoom(of(1.06, 1.11, 1.16, 1.21, 1.26));
            case FOG -> Light.fog(of(0.2, 0.5, 0.75, 1, 1.5), of(3, 3, 2.5, 2, 1.75));
            case BRIGHTNESS -> Light.brightness(of(0.05, 0.10, 0.15, 0.20, 0.30));
            case CONTRAST -> Light.contrast(of(0.75, 0.5, 0.4, 0.3, 0.15));
            case SATURATE -> Light.saturate(of(0.3, 0.1, 1.5, 2, 2.5), of(0, 0, 0, 0.1, 0.2));
            case ELASTIC ->
                Warp.elastic(
                        of(0, 0.05, 0.08, 0.1, 0.1), of(0, 0.2, 0.06, 0.04, 0.03), of(0.08, 0.07, 0.06, 0.05, 0.03));
            case ROTATION -> Warp.rotation(of(6, 12, 18, 24, 30));
            case PIXELATE -> Warp.pixelate(of(0.95, 0.9, 0.85, 0.75, 0.65));
            case JPEG -> Jpeg.ofQuality((int) of(80, 65, 58, 50, 40));
        };
    }

    private double of(double... bySeverity) {
        return bySeverity[severity - 1];
    }
}
