package dev.assay.config;

import java.util.Comparator;

/**
 * Where a key or value was written: a line and column of a file, counted from 1, or something without lines, such as an argument of the
 * command line. Places of files come first in the natural order.
 *
 * @param source the file as the user named it, or {@code --set 2} for the second such argument
 * @param line 0 where there are no lines
 * @param column counted in characters; without lines, the position among its like
 * @param alias for what an alias repeats, {@code line:column} of that alias; otherwise empty
 */
public record Place(String source, int line, int column, String alias) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparing((Place place) -> place.line == 0)
            .thenComparingInt(Place::line)
            .thenComparingInt(Place::column)
            .thenComparing(Place::source)
            .thenComparing(Place::alias);

    public Place(String source, int line, int column) {
        this(source, line, column, "");
    }

    /** A place without lines. */
    public static Place of(String source) {
        return new Place(source, 0, 0);
    }

    /** The {@code number}-th argument of a kind, such as {@code --set 2}. */
    public static Place argument(String option, int number) {
        return new Place(option + " " + number, 0, number);
    }

    /** This place as an alias elsewhere repeats it. */
    Place through(int aliasLine, int aliasColumn) {
        return new Place(source, line, column, aliasLine + ":" + aliasColumn);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column}, with {@code (alias at line:column)} for what an alias repeats, or the source alone. */
    @Override
    public String toString() {
        String place = line == 0 ? source : source + ":" + line + ":" + column;
        return alias.isEmpty() ? place : place + " (alias at " + alias + ")";
    }
}
