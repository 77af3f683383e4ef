package dev.assay.run;

import dev.assay.config.RunConfig;
import dev.assay.store.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A trial that records nothing and whose folder goes when it is closed; for trying things out.
 *
 * @param <C> the run config
 */
public final class ScratchTrial<C extends RunConfig> implements Trial<C>, AutoCloseable {
    private static final int HASH_DIGITS = 64;

    private final C config;
    private final int threads;
    private final Path folder;

    /** @param threads cores it may use */
    public ScratchTrial(C config, int threads) throws IOException {
        this.config = config;
        this.threads = threads;
        this.folder = Files.createTempDirectory("assay");
    }

    @Override
    public String hash() {
        return "0".repeat(HASH_DIGITS);
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
        return folder;
    }

    @Override
    public Path storeDirectory() {
        return folder;
    }

    @Override
    public int threads() {
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

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
