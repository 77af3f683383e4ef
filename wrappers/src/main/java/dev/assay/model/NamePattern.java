package dev.assay.model;

import dev.assay.error.AssayException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A pattern over names of parameters and buffers: {@code *} stands for any characters, dots included, {@code ?} for one, all else for
 * itself; several alternatives are separated by commas. {@code features.*} is all of a block, {@code *.bias, *.beta} all of a kind.
 * Immutable.
 */
public final class NamePattern {
    private final String text;
    private final List<String> alternatives;

    private NamePattern(String text, List<String> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /**
     * The pattern so written.
     *
     * @throws AssayException if it, or one of its alternatives, is blank
     */
    public static NamePattern parse(String text) {
        List<String> alternatives =
                Stream.of(text.split(",", -1)).map(String::strip).toList();
        if (alternatives.contains("")) {
            throw new AssayException("A pattern of names (" + text + ") is blank; (*) stands for all names.");
        }
        return new NamePattern(text, alternatives);
    }

    public boolean matches(String name) {
        return distance(name) == 0;
    }

    /**
     * The names that match, in order.
     *
     * @throws AssayException if there are none, with the names there are
     */
    public List<String> among(Collection<String> names) {
        List<String> matching = names.stream().filter(this::matches).toList();
        if (matching.isEmpty()) {
            throw new AssayException("The pattern (" + text + ") matches no name; there are " + names + ".");
        }
        return matching;
    }

    /** Some of the names, those that come closest to a match first. */
    public List<String> nearest(Collection<String> names, int count) {
        return names.stream()
                .sorted(Comparator.comparingInt(this::distance))
                .limit(count)
                .toList();
    }

    private int distance(String name) {
        return alternatives.stream()
                .mapToInt(alternative -> distance(alternative, name))
                .min()
                .orElseThrow();
    }

    /** Fewest characters to insert, delete or replace in the pattern until it matches (Wagner and Fischer 1974, with wildcards). */
    private static int distance(String pattern, String name) {
        int[] row = IntStream.rangeClosed(0, name.length()).toArray();
        for (int i = 0; i < pattern.length(); i++) {
            row = next(row, pattern.charAt(i), name);
        }
        return row[name.length()];
    }

    /** From the distances of one beginning of the pattern, to each beginning of the name, to those of the next. */
    private static int[] next(int[] row, char wanted, String name) {
        int[] next = new int[row.length];
        next[0] = wanted == '*' ? row[0] : row[0] + 1;
        for (int j = 1; j < row.length; j++) {
            if (wanted == '*') {
                next[j] = Math.min(row[j], next[j - 1]);
            } else {
                int replaced = row[j - 1] + (wanted == '?' || wanted == name.charAt(j - 1) ? 0 : 1);
                next[j] = Math.min(replaced, 1 + Math.min(row[j], next[j - 1]));
            }
        }
        return next;
    }

    @Override
    public String toString() {
        return text;
    }
}
