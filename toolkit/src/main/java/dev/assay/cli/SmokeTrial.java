package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.run.StorelessTrial;
import dev.assay.store.StoreAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A trial that remembers how far it came and, if it is to, stops after the first step. */
final class SmokeTrial<C extends RunConfig> extends StorelessTrial<C> {
    private final boolean isStopping;
    private int questions;
    private long lastStep;
    private Optional<Long> resumed = Optional.empty();

    /** @param store whose trials it may start from */
    SmokeTrial(C config, Path folder, StoreAddress store, boolean isStopping) {
        super(config, folder, Runtime.getRuntime().availableProcessors());
        this.isStopping = isStopping;
        see(store);
    }

    synchronized long lastStep() {
        return lastStep;
    }

    /** The step it went on from, if it did. */
    synchronized Optional<Long> resumed() {
        return resumed;
    }

    @Override
    public synchronized void resume(long step, double seconds) {
        resumed = Optional.of(step);
    }

    @Override
    public synchronized void record(String name, long step, double epoch, double value) {
        lastStep = Math.max(lastStep, step);
    }

    /** A trial asks before each step, so the second time is after the first one. */
    @Override
    public synchronized boolean isInterrupted() {
        return isStopping && ++questions > 1;
    }
}
