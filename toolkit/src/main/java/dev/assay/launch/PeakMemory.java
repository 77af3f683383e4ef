package dev.assay.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How much memory this process had at most, as Linux counts it. A worker runs many trials, so each begins the count anew. */
public final class PeakMemory {
    private static final Path REFERENCES = Path.of("/proc/self/clear_refs");
    /** What proc(5) has for setting the peak to what there is now. */
    private static final String RESET_PEAK = "5";

    private static final Path STATUS = Path.of("/proc/self/status");

    private PeakMemory() {}

    /** Begins to count anew; where the kernel does not let it, the peak stays that since the process began. */
    public static void restart() {
        try {
            Files.writeString(REFERENCES, RESET_PEAK);
        } catch (IOException e) {
            // A peak that is too high starts fewer workers than there is room for, and no more.
        }
    }

    /** The peak in bytes; empty where the system does not tell. */
    public static Optional<Long> bytes() {
        return Counters.of(STATUS, "VmHWM:").map(kibibytes -> kibibytes * 1024);
    }
}
