package dev.assay.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A worker running in a process of its own. It ends when its standard input does, so it never outlives its parent. */
final class LocalProcess {
    private static final int KILLED = 128 + 9;

    private final Process process;
    private final Path log;
    private Optional<JobState> end = Optional.empty();

    LocalProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** How it stands. */
    JobState state(MemoryKills kills) {
        if (process.isAlive()) {
            return new JobState.Running();
        }
        if (end.isEmpty()) {
            int status = process.exitValue();
            end = Optional.of(new JobState.Ended(status, status == KILLED && kills.take()));
        }
        return end.get();
    }

    /** Asks it to stop after the step it is at. */
    void stop() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).append("stop\n").flush();
        } catch (IOException | UncheckedIOException e) {
            // It has ended already.
        }
    }

    /** Ends it at once, even if it is frozen. */
    void kill() {
        process.destroyForcibly();
    }

    Path log() {
        return log;
    }
}
