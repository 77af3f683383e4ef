package dev.assay.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files in which a kernel tells numbers, each on a line after its name. */
final class Counters {
    private Counters() {}

    /** The number after that name; empty where there is no such file or number. */
    static Optional<Long> of(Path file, String name) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(words -> words.length > 1 && words[0].equals(name))
                    .findFirst()
                    .flatMap(words -> number(words[1]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The one number that the file has. */
    static Optional<Long> of(Path file) {
        try {
            return number(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
