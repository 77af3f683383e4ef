package dev.assay.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The last lines of a log, read from its end so that its size does not matter. */
public final class LogTail {
    private static final int BYTES_A_LINE = 400;

    private LogTail() {}

    /** The last lines of that log; empty without one, or where it cannot be read. */
    public static String of(Optional<Path> log, int lines) {
        return log.map(file -> of(file, lines)).orElse("");
    }

    private static String of(Path file, int lines) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            int size = (int) Math.min(in.length(), (long) lines * BYTES_A_LINE);
            byte[] end = new byte[size];
            in.seek(in.length() - size);
            in.readFully(end);
            List<String> all = new String(end, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "";
        }
    }
}
