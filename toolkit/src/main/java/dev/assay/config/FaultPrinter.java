package dev.assay.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Shows faults to a person: each with the line of its file and a caret under the column, where the file can be read. Reads each file once; not
 * thread-safe.
 */
public final class FaultPrinter {
    private static final int LONGEST_LINE = 160;

    private final UnaryOperator<String> highlight;
    private final Map<String, List<String>> files = new HashMap<>();

    /** @param highlight how the caret is made to stand out, such as a colour */
    public FaultPrinter(UnaryOperator<String> highlight) {
        this.highlight = highlight;
    }

    /** All faults, then their number. */
    public String print(ConfigException exception) {
        StringBuilder text = new StringBuilder();
        exception.faults().forEach(fault -> text.append(print(fault)));
        int count = exception.faults().size();
        return text.append(count == 1 ? "1 fault." : count + " faults.").toString();
    }

    /** One fault, with a line break at its end. */
    String print(Fault fault) {
        String[] lines = fault.toString().split("\n", 2);
        String hint = lines.length == 1 ? "" : lines[1] + "\n";
        return lines[0] + "\n" + excerpt(fault) + hint;
    }

    private String excerpt(Fault fault) {
        Place place = fault.place();
        List<String> lines = place.line() == 0 || fault.message().equals(SecretReader.NO_REFERENCE)
                ? List.of()
                : files.computeIfAbsent(place.source(), FaultPrinter::lines);
        if (place.line() == 0 || place.line() > lines.size()) {
            return "";
        }
        String line = lines.get(place.line() - 1);
        // The column counts code points; a tab keeps its width in both lines.
        int at = line.offsetByCodePoints(0, Math.min(place.column() - 1, line.codePointCount(0, line.length())));
        if (line.length() > LONGEST_LINE) {
            return "";
        }
        String margin =
                " ".repeat(4) + " ".repeat(Integer.toString(place.line()).length());
        String indent = line.substring(0, at)
                .codePoints()
                .mapToObj(c -> c == '\t' ? "\t" : " ")
                .reduce("", String::concat);
        return "    " + place.line() + " | " + line + "\n" + margin + " | " + indent + highlight.apply("^") + "\n";
    }

    private static List<String> lines(String source) {
        try {
            Path file = Path.of(source);
            return Files.size(file) > YamlText.MOST_BYTES
                    ? List.of()
                    : Files.readString(file).lines().toList();
        } catch (IOException | InvalidPathException e) {
            // There is nothing to show; what is wrong with the file is a fault itself.
            return List.of();
        }
    }
}
