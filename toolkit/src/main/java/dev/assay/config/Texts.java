package dev.assay.config;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Wording that messages share. */
public final class Texts {
    private static final int LONGEST_SHOWN = 60;

    private Texts() {}

    /** One line of at most 60 characters. */
    static String shortened(String text) {
        String line = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN - 1) + "…";
    }

    /** Whether it can be written in UTF-8: not if it holds half of a surrogate pair. */
    static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** "Maybe lr was meant.", or nothing where no known name is near. */
    public static String maybe(String written, Collection<String> known) {
        return nearest(written, known)
                .map(name -> "Maybe " + name + " was meant.")
                .orElse("");
    }

    /** The known name that is nearest to what was written, if it is near enough to have been meant. */
    static Optional<String> nearest(String written, Collection<String> known) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String name : known) {
            int allowed = Math.max(1, Math.min(3, Math.max(written.length(), name.length()) / 3));
            if (Math.abs(written.length() - name.length()) <= allowed) {
                int distance = distance(fold(written), fold(name));
                if (distance <= allowed && distance < bestDistance) {
                    best = name;
                    bestDistance = distance;
                }
            }
        }
        return best != null ? Optional.of(best) : abbreviated(written, known);
    }

    /** The one known name that has the written letters in their order, {@code float32} for {@code f32}. */
    private static Optional<String> abbreviated(String written, Collection<String> known) {
        List<String> fitting = written.length() < 2
                ? List.of()
                : known.stream()
                        .filter(name -> isAbbreviation(fold(written), fold(name)))
                        .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    private static boolean isAbbreviation(String written, String name) {
        int matched = 0;
        for (int i = 0; i < name.length() && matched < written.length(); i++) {
            if (name.charAt(i) == written.charAt(matched)) {
                matched++;
            } else if (i == 0) {
                return false;
            }
        }
        return matched == written.length();
    }

    /** Without what names may be spelled differently by: case, hyphens, underscores. */
    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Edits between two words, a swap of neighbours counting one (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int fewest = Math.min(edits[i - 1][j - 1] + change, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    fewest = Math.min(fewest, edits[i - 2][j - 2] + 1);
                }
                edits[i][j] = fewest;
            }
        }
        return edits[a.length()][b.length()];
    }
}
