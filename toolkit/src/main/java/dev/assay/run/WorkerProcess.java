package dev.assay.run;

import dev.assay.store.Ending;
import dev.assay.store.Failure;
import dev.assay.store.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A worker running in a process of its own. It ends when its standard input does, so it never outlives its parent. */
final class WorkerProcess {
    private static final int LOG_LINES = 20;

    private final String name;
    private final Process process;
    private final Path log;

    WorkerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean endedWell() {
        return process.exitValue() == 0;
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

    String lastLog() {
        return LogTail.of(Optional.of(log), LOG_LINES);
    }

    /**
     * Why it ended.
     *
     * @param wasMemoryShort whether the kernel has ended a process for want of memory that nobody else is known to have been
     */
    Death death(boolean wasMemoryShort) {
        return Death.of(process.exitValue(), wasMemoryShort);
    }

    /** What becomes of the trial of a worker that gave no sign of life. */
    Ending frozen() {
        return Ending.failed(Failure.of(FailureKind.LOST), "The worker (" + name + ") gave no sign of life any more.")
                .withLastLog(lastLog());
    }

    /** What its end means for the trial it had. */
    Ending ending(Death death) {
        return Ending.failed(Failure.of(death.kind()), death.cause()).withLastLog(lastLog());
    }
}
