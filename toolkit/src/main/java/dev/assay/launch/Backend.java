package dev.assay.launch;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.config.Open;
import dev.assay.config.Validated;
import dev.assay.error.AssayException;
import java.util.Optional;
import java.util.function.Consumer;

/** Where workers run: chosen for a run, and no part of what a trial is. Modules on the class path add kinds. */
@Open
public interface Backend extends Validated {

    /**
     * Opens it for one experiment.
     *
     * @param progress told what takes long, for people
     * @throws AssayException if it cannot be reached, or lacks what is asked of it
     */
    Launcher open(WorkerJob job, Consumer<String> progress);

    /** What it would be told of a worker, for people to look at; empty where it is told nothing that can be written down. Nothing is asked of it. */
    default Optional<String> manifest(WorkerJob job) {
        return Optional.empty();
    }

    /** Whether its workers use the cores and the memory of this machine, so that not more of them are started than there is room for. */
    default boolean isHere() {
        return false;
    }

    /** Whether workers go on when the command that has submitted them ends. */
    default boolean outlivesCommand() {
        return true;
    }

    /** Processes on this machine. */
    @Config
    @Kind("local")
    @Doc("Processes on this machine, which end with the command that has started them.")
    interface Local extends Backend {
        @Override
        default Launcher open(WorkerJob job, Consumer<String> progress) {
            return new LocalLauncher(job);
        }

        @Override
        default boolean isHere() {
            return true;
        }

        @Override
        default boolean outlivesCommand() {
            return false;
        }
    }
}
