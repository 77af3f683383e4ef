package dev.assay.cli;

import dev.assay.launch.WorkerJob;

/** What the process tells its caller. Documented in {@code --help}. */
final class ExitCode {
    static final int OK = 0;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** A recipe or config has faults. */
    static final int CONFIG = 65;
    /** Something needed is not there. */
    static final int UNAVAILABLE = 69;
    /** A trial failed, or the program did. */
    static final int FAILED = 70;
    /** Stopped by the user; the same command goes on. */
    static final int INTERRUPTED = WorkerJob.LEFT;

    private ExitCode() {}
}
