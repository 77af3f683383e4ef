package dev.assay.model;

import dev.assay.error.AssayException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern over names of parameters and buffers: {@code *} stands for any characters, dots included, and {@code ?} for one; several
 * alternatives are separated by commas. {@code features.*} is all of a block, {@code *.bias, *.beta} all of a kind. Immutable.
 */
public final class NamePattern {
    private final String text;
    private final Pattern pattern;

    private NamePattern(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /**
     * The pattern so written.
     *
     * @throws AssayException if it is blank
     */
    public static NamePattern parse(String text) {
        if (text.isBlank()) {
            throw new AssayException("A pattern of names is blank; (*) stands for all names.");
        }
        StringBuilder regex = new StringBuilder();
        for (char c : text.replace(" ", "").toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case ',' -> regex.append('|');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return new NamePattern(text, Pattern.compile(regex.toString()));
    }

    public boolean matches(String name) {
        return pattern.matcher(name).matches();
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

    @Override
    public String toString() {
        return text;
    }
}
