package dev.assay.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A way through a configuration: {@code train.optimizer.lr}, {@code model.layers[0].width}. A key that holds a dot or bracket stands in
 * double quotes: {@code weights."a.b"}.
 *
 * @param steps keys and indexes from the root
 */
public record DotPath(List<Step> steps) {
    private static final Pattern KEY = Pattern.compile("\"([^\"]+)\"|([^.\\[\\]\"\\s]+)");
    private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,9})\\]");

    /** One step: into a mapping by key or into a list by index. */
    public sealed interface Step {}

    /** Into a mapping. */
    public record Key(String name) implements Step {}

    /** Into a list, from 0. */
    public record Index(int position) implements Step {}

    public DotPath {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if the text is no path; the message is a sentence for people
     */
    public static DotPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher key = KEY.matcher(text);
        Matcher index = INDEX.matcher(text);
        int at = 0;
        while (at < text.length()) {
            boolean first = steps.isEmpty();
            if (!first && index.region(at, text.length()).lookingAt()) {
                steps.add(new Index(Integer.parseInt(index.group(1))));
                at = index.end();
                continue;
            }
            int keyAt = first ? at : at + 1;
            boolean separated = first || text.charAt(at) == '.';
            if (!separated || !key.region(keyAt, text.length()).lookingAt()) {
                break;
            }
            steps.add(new Key(key.group(1) != null ? key.group(1) : key.group(2)));
            at = key.end();
        }
        if (steps.isEmpty() || at < text.length()) {
            throw new IllegalArgumentException("The path (" + Texts.shortened(text)
                    + ") must be keys joined by dots, such as train.optimizer.lr.");
        }
        return new DotPath(steps);
    }

    /** What it leads to in a tree that {@link ConfigWriter} wrote; a missing node if it leads nowhere. */
    public JsonNode in(JsonNode root) {
        JsonNode found = root;
        for (Step step : steps) {
            found = step instanceof Key key ? found.path(key.name) : found.path(((Index) step).position);
        }
        return found;
    }

    /** The path of a key of what stands at {@code parent}, as messages show it. */
    static String child(String parent, String key) {
        String shown = key.isEmpty() || !KEY.matcher(key).matches() || key.startsWith("\"") ? "\"" + key + "\"" : key;
        return parent.isEmpty() ? shown : parent + "." + shown;
    }

    /** The path without its first step. */
    public DotPath tail() {
        return new DotPath(steps.subList(1, steps.size()));
    }

    @Override
    public String toString() {
        String text = "";
        for (Step step : steps) {
            text = step instanceof Key key ? child(text, key.name) : text + "[" + ((Index) step).position + "]";
        }
        return text;
    }
}
