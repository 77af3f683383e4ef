package dev.assay.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a command prints: results to {@code out}, everything else to {@code err}.
 *
 * @param terminal whether a person sees {@code err} on a terminal that understands cursor movement
 * @param color whether colours are wanted
 */
record Console(PrintStream out, PrintStream err, boolean terminal, boolean color) {
    private static final int DEFAULT_COLUMNS = 100;

    /** The process's own streams. {@code NO_COLOR} turns colours off; {@code CI} and {@code TERM=dumb} the moving parts. */
    static Console ofProcess() {
        boolean person = isTerminal() && System.getenv("CI") == null && !"dumb".equals(System.getenv("TERM"));
        return new Console(utf8(System.out), utf8(System.err), person, person && System.getenv("NO_COLOR") == null);
    }

    /** Java tells only whether input and output are both terminals, and since 22 not even that; Linux tells of each stream. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    int columns() {
        return Optional.ofNullable(System.getenv("COLUMNS"))
                .filter(text -> text.matches("[1-9][0-9]{1,3}"))
                .map(Integer::parseInt)
                .orElse(DEFAULT_COLUMNS);
    }

    String bold(String text) {
        return color ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    String red(String text) {
        return color ? "\u001b[31m" + text + "\u001b[0m" : text;
    }

    String green(String text) {
        return color ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    String dim(String text) {
        return color ? "\u001b[2m" + text + "\u001b[0m" : text;
    }

    /** As people say it: {@code 8.1 s}, {@code 3:07}, {@code 1:02:33}. */
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return String.format("%.1f s", duration.toMillis() / 1e3);
        }
        return seconds < 3600
                ? String.format("%d:%02d", seconds / 60, seconds % 60)
                : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
