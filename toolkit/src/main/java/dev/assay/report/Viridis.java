package dev.assay.report;

import java.awt.Color;
import java.util.List;

/**
 * Colours from 0 to 1 that all forms of colour blindness can tell apart and that stay in order in grey (van der Walt and Smith's viridis, 2015).
 */
final class Viridis {
    /** Evenly spaced; between them it is mixed. */
    static final List<String> STOPS = List.of(
            "#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b",
            "#fde725");

    /** Above it a colour is light enough for dark writing. */
    private static final double LIGHT = 0.55;

    private Viridis() {}

    /** A colour; the ends for what is beyond them. */
    static Color of(double value) {
        double place = Math.max(0, Math.min(1, value)) * (STOPS.size() - 1);
        int below = Math.min((int) place, STOPS.size() - 2);
        Color from = Color.decode(STOPS.get(below));
        Color to = Color.decode(STOPS.get(below + 1));
        double part = place - below;
        return new Color(
                mixed(from.getRed(), to.getRed(), part),
                mixed(from.getGreen(), to.getGreen(), part),
                mixed(from.getBlue(), to.getBlue(), part));
    }

    /** Writing that can be read on it. */
    static Color writingOn(double value) {
        return value > LIGHT ? Color.BLACK : Color.WHITE;
    }

    private static int mixed(int from, int to, double part) {
        return (int) Math.round(from + (to - from) * part);
    }
}
