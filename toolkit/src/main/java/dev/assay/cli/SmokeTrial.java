package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.identity.TrialIdentity;
import dev.assay.run.Trial;
import dev.assay.store.Origin;
import java.nio.file.Path;
import java.util.Optional;

/** A trial that no store knows: it remembers how far it came and, if it is to, stops after the first step. */
final class SmokeTrial<C extends RunConfig> implements Trial<C> {
    private final String wrapper;
    private final C config;
    private final Path folder;
    private final boolean isStopping;
    private int questions;
    private long lastStep;
    private Optional<Long> resumed = Optional.empty();

    SmokeTrial(String wrapper, C config, Path folder, boolean isStopping) {
        this.wrapper = wrapper;
        this.config = config;
        this.folder = folder;
        this.isStopping = isStopping;
    }

    synchronized long lastStep() {
        return lastStep;
    }

    /** The step it went on from, if it did. */
    synchronized Optional<Long> resumed() {
        return resumed;
    }

    @Override
    public String hash() {
        return TrialIdentity.of(wrapper, config).trial();
    }

    @Override
    public C config() {
        return config;
    }

    @Override
    public Optional<Origin> origin() {
        return Optional.empty();
    }

    @Override
    public Path directory() {
        return folder.resolve("trial");
    }

    @Override
    public Path storeDirectory() {
        return folder;
    }

    @Override
    public int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public synchronized void resume(long step, double seconds) {
        resumed = Optional.of(step);
    }

    @Override
    public double seconds() {
        return 0;
    }

    @Override
    public synchronized void record(String name, long step, double epoch, double value) {
        lastStep = Math.max(lastStep, step);
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void progress(double fraction) {}

    /** A trial asks before each step, so the second time is after the first one. */
    @Override
    public synchronized boolean isInterrupted() {
        return isStopping && ++questions > 1;
    }
}
