package dev.assay.cli;

import dev.assay.launch.Backend;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialStore;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The backend of a command, opened when it is first asked for: nobody needs one for what is done already, and whatever it lacks must be told before
 * anything in the store is changed. Not thread-safe.
 */
final class Workers implements AutoCloseable {
    private final Backend backend;
    private final Supplier<WorkerJob> job;
    private final Consumer<String> progress;
    private Optional<Launcher> launcher = Optional.empty();

    private Workers(Backend backend, Supplier<WorkerJob> job, Consumer<String> progress) {
        this.backend = backend;
        this.job = job;
        this.progress = progress;
    }

    /**
     * Those of an experiment.
     *
     * @param trials how many it has
     * @param progress told what takes long
     */
    static Workers of(
            Session session,
            StoreAddress store,
            String experiment,
            Effort effort,
            int trials,
            Consumer<String> progress) {
        return new Workers(
                effort.backend(),
                () -> new WorkerJob(
                        session.name(),
                        session.mainClass(),
                        store,
                        Optional.empty(),
                        artifacts(store),
                        experiment,
                        effort.threadsOfEach(trials)),
                progress);
    }

    private static Optional<String> artifacts(StoreAddress store) {
        return TrialStore.openExisting(store).flatMap(open -> {
            try (open) {
                return open.artifacts().address();
            }
        });
    }

    /** What the backend would be told of one of them. */
    Optional<String> manifest() {
        return backend.manifest(job.get());
    }

    Launcher launcher() {
        if (launcher.isEmpty()) {
            launcher = Optional.of(backend.open(job.get(), progress));
        }
        return launcher.get();
    }

    @Override
    public void close() {
        launcher.ifPresent(Launcher::close);
    }
}
