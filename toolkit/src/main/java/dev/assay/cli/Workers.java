package dev.assay.cli;

import dev.assay.launch.Backend;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import dev.assay.store.StoreAddress;
import dev.assay.store.StoreException;
import dev.assay.store.TrialStore;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The backend of a command, opened when it is first asked for: nobody needs one for what is done already, and whatever it lacks must be told before
 * anything in the store is changed. Not thread-safe.
 */
final class Workers implements AutoCloseable {
    private final Backend backend;
    private final StoreAddress store;
    private final Function<Optional<String>, WorkerJob> job;
    private final Consumer<String> progress;
    private Optional<Launcher> launcher = Optional.empty();

    private Workers(
            Backend backend, StoreAddress store, Function<Optional<String>, WorkerJob> job, Consumer<String> progress) {
        this.backend = backend;
        this.store = store;
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
                store,
                artifacts -> new WorkerJob(
                        session.name(),
                        session.mainClass(),
                        store,
                        Optional.empty(),
                        artifacts,
                        experiment,
                        effort.threadsOfEach(trials)),
                progress);
    }

    /** Where files are kept besides the store's folder. */
    private Optional<String> artifacts() {
        return TrialStore.openExisting(store).flatMap(open -> {
            try (open) {
                return open.artifacts().address();
            }
        });
    }

    /** Whoever only wants to look need not have a store. */
    private Optional<String> artifactsIfReached() {
        try {
            return artifacts();
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    /** What the backend would be told of one of them. */
    Optional<String> manifest() {
        return backend.manifest(job.apply(artifactsIfReached()));
    }

    Launcher launcher() {
        if (launcher.isEmpty()) {
            launcher = Optional.of(backend.open(job.apply(artifacts()), progress));
        }
        return launcher.get();
    }

    @Override
    public void close() {
        launcher.ifPresent(Launcher::close);
    }
}
