package dev.assay.optimizer;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A pattern of names: {@code *} stands for any text, dots included, {@code ?} for any one character, all else for itself. */
record NamePattern(String text) {

    boolean matches(String name) {
        return distance(name) == 0;
    }

    /** Some of the names, those that come closest to a match first. */
    List<String> nearest(Collection<String> names, int count) {
        return names.stream()
                .sorted(Comparator.comparingInt(this::distance))
                .limit(count)
                .toList();
    }

    /** Fewest characters to insert, delete or replace in the pattern until it matches (Wagner and Fischer 1974, with wildcards). */
    private int distance(String name) {
        int[] row = IntStream.rangeClosed(0, name.length()).toArray();
        for (int i = 0; i < text.length(); i++) {
            row = next(row, text.charAt(i), name);
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
}
