package dev.assay.run;

import dev.assay.artifact.Artifacts;
import dev.assay.config.RunConfig;
import dev.assay.store.Origin;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A trial that no store knows: it has folders, and what it records is gone. Made to be extended by those that want to see what goes on.
 *
 * @param <C> the run config
 */
public class StorelessTrial<C extends RunConfig> implements Trial<C> {
    private static final String HASH = "0".repeat(64);

    private final C config;
    private final Artifacts artifacts;
    private final Path directory;
    private final int threads;
    private Optional<OtherTrials> others = Optional.empty();

    /**
     * A trial in the folder {@code trial} of a store's.
     *
     * @param threads cores it may use
     */
    public StorelessTrial(C config, Path storeDirectory, int threads) {
        this(config, storeDirectory, storeDirectory.resolve("trial"), threads);
    }

    /**
     * A trial in a folder of choice.
     *
     * @param threads cores it may use
     */
    public StorelessTrial(C config, Path storeDirectory, Path directory, int threads) {
        this.config = config;
        this.artifacts = Artifacts.in(storeDirectory);
        this.directory = directory;
        this.threads = threads;
    }

    /** Lets it see the trials of a store, which need not be there. */
    public final void see(StoreAddress store) {
        others = Optional.of(new OtherTrials(store));
    }

    @Override
    public Optional<TrialRecord> other(String hashPrefix) {
        return others.flatMap(store -> store.find(hashPrefix));
    }

    @Override
    public Artifacts otherArtifacts() {
        return others.map(OtherTrials::artifacts).orElse(artifacts);
    }

    /** The same for all, unless it is overridden. */
    @Override
    public String hash() {
        return HASH;
    }

    @Override
    public final C config() {
        return config;
    }

    @Override
    public Optional<Origin> origin() {
        return Optional.empty();
    }

    @Override
    public final Path directory() {
        return directory;
    }

    @Override
    public final Artifacts artifacts() {
        return artifacts;
    }

    @Override
    public final int threads() {
        return threads;
    }

    @Override
    public void resume(long step, double seconds) {}

    @Override
    public double seconds() {
        return 0;
    }

    @Override
    public void record(String name, long step, double epoch, double value) {}

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void progress(double fraction) {}

    @Override
    public boolean isInterrupted() {
        return false;
    }
}
