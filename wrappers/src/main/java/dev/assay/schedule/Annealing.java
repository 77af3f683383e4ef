package dev.assay.schedule;

/** The form of the way from one factor to another. */
public enum Annealing {
    /** A straight line. */
    LINEAR,
    /** Half a cosine: it begins and ends flat. */
    COSINE;

    double between(double from, double to, double part) {
        return switch (this) {
            case LINEAR -> from + (to - from) * part;
            case COSINE -> to + (from - to) * (1 + Math.cos(Math.PI * part)) / 2;
        };
    }
}
