package dev.assay.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many processes the kernel has ended because memory ran out. */
final class OomKills {
    private static final Path COUNTERS = Path.of("/proc/vmstat");
    private static final String NAME = "oom_kill ";

    private OomKills() {}

    /** The number since the machine was started; always 0 where the kernel does not tell. */
    static long count() {
        try {
            return Files.readAllLines(COUNTERS).stream()
                    .filter(line -> line.startsWith(NAME))
                    .mapToLong(line -> Long.parseLong(line.substring(NAME.length())))
                    .sum();
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
