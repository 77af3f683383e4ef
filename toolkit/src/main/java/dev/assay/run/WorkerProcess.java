package dev.assay.run;

import dev.assay.store.Failure;
import dev.assay.store.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A worker running in a process of its own. It ends when its standard input does, so it never outlives its parent. */
final class WorkerProcess {
    private static final int FIRST_SIGNAL = 128;
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

    void kill() {
        process.destroyForcibly();
    }

    String lastLog() {
        return LogTail.of(Optional.of(log), LOG_LINES);
    }

    Failure failure() {
        int status = process.exitValue();
        return Failure.of(
                switch (status) {
                    case 3 -> FailureKind.HEAP_EXHAUSTED;
                    case FIRST_SIGNAL + 6, FIRST_SIGNAL + 11 -> FailureKind.NATIVE_CRASH;
                    default -> status > FIRST_SIGNAL ? FailureKind.KILLED : FailureKind.EXITED;
                });
    }

    /** Why it ended, for people. */
    String cause() {
        int status = process.exitValue();
        return switch (status) {
            case 3 -> "The worker ran out of Java heap memory.";
            case FIRST_SIGNAL + 9 ->
                "The worker was killed (signal 9).\nMaybe the machine was out of memory, or somebody ended it by hand.";
            case FIRST_SIGNAL + 6 -> "The native engine aborted the worker (signal 6).";
            case FIRST_SIGNAL + 11 -> "The native engine crashed the worker (signal 11).";
            case FIRST_SIGNAL + 15 -> "The worker was ended from outside (signal 15).";
            default ->
                status > FIRST_SIGNAL
                        ? "The worker was ended by signal " + (status - FIRST_SIGNAL) + "."
                        : "The worker ended itself with exit code " + status + " in the middle of a trial.\n"
                                + "Maybe the code under test calls System.exit.";
        };
    }
}
