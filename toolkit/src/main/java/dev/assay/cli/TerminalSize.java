package dev.assay.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Rows and columns of the terminal, asked of {@code stty}: Java cannot tell, and a native library for it would cost each start more than this costs a run.
 * Not thread-safe.
 */
final class TerminalSize {
    private static final int DEFAULT_ROWS = 24;

    private final int defaultColumns;
    private int rows = DEFAULT_ROWS;

    /** @param defaultColumns where nobody can tell */
    TerminalSize(int defaultColumns) {
        this.defaultColumns = defaultColumns;
    }

    /** As they were when {@link #columns} was last asked for. */
    int rows() {
        return rows;
    }

    /** As they are just now. */
    int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ", -1);
            if (stty.waitFor() == 0 && size.length == 2 && !size[1].equals("0")) {
                rows = Integer.parseInt(size[0]);
                return Integer.parseInt(size[1]);
            }
        } catch (IOException | NumberFormatException e) {
            // Nobody can tell.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return defaultColumns;
    }
}
