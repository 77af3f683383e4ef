package dev.assay.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Lines at the bottom of a terminal that are drawn over and over. Each is cut to the width of the terminal; when that changes, the terminal has broken
 * the old ones anew, and as many rows are cleared as they take now. Not thread-safe.
 */
final class LiveBlock {
    private static final String CLEAR_BELOW = "\r\u001b[J";

    private final PrintStream out;
    private final IntSupplier width;
    private List<String> drawn = List.of();

    /** @param width columns of the terminal just now */
    LiveBlock(PrintStream out, IntSupplier width) {
        this.out = out;
        this.width = width;
    }

    /** Replaces what was drawn; the cursor stays at the end of the last line. */
    void draw(List<String> lines) {
        int columns = Math.max(2, width.getAsInt());
        List<String> cut = lines.stream()
                .map(line -> line.length() < columns ? line : line.substring(0, columns - 2) + "…")
                .toList();
        out.print(clearing(columns) + String.join("\n", cut));
        out.flush();
        drawn = cut;
    }

    /** Removes what was drawn, so that other lines may be printed. */
    void clear() {
        if (!drawn.isEmpty()) {
            out.print(clearing(Math.max(2, width.getAsInt())));
            out.flush();
            drawn = List.of();
        }
    }

    private String clearing(int columns) {
        int rows = drawn.stream()
                .mapToInt(line -> Math.max(1, (line.length() + columns - 1) / columns))
                .sum();
        return (rows > 1 ? "\u001b[" + (rows - 1) + "A" : "") + CLEAR_BELOW;
    }
}
