package dev.assay.config;

import dev.assay.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes slips in a YAML file as people and accidents do. */
public final class Mutation {
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        "- ",
        "\n",
        "  ",
        "&a ",
        "*a",
        "<<: *a",
        "!!int ",
        "!x ",
        "'",
        "\"",
        "#",
        "|\n",
        ">",
        "%",
        "@",
        "`",
        "---\n",
        "...\n",
        "? ",
        ",",
        ".nan",
        "1e400",
        "0x",
        "~",
        "\t",
        "\u0000",
        "\uFEFF",
        "\uD800",
        "é",
        "kind",
        "lr",
        "999999999999999999999"
    };

    private Mutation() {}

    /** The text with one to three slips. */
    public static String mutated(String yaml, RandomStream random) {
        String text = yaml;
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(text.length() + 1);
            text = switch (random.nextInt(5)) {
                case 0 -> text.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + text.substring(at);
                case 1 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(4)));
                case 2 ->
                    text.substring(0, at)
                            + (char) random.nextInt(0x250)
                            + text.substring(Math.min(text.length(), at + 1));
                case 3 -> withLines(text, random, false);
                default -> withLines(text, random, true);
            };
        }
        return text;
    }

    private static String withLines(String text, RandomStream random, boolean repeat) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int at = random.nextInt(lines.size());
        if (repeat) {
            lines.add(random.nextInt(lines.size()), lines.get(at));
        } else {
            Collections.swap(lines, at, random.nextInt(lines.size()));
        }
        return String.join("\n", lines);
    }
}
