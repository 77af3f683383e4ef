package dev.assay.run;

import dev.assay.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A trial that records nothing and whose folder goes when it is closed; for trying things out.
 *
 * @param <C> the run config
 */
public final class ScratchTrial<C extends RunConfig> extends StorelessTrial<C> implements AutoCloseable {

    /** @param threads cores it may use */
    public ScratchTrial(C config, int threads) throws IOException {
        super(config, Files.createTempDirectory("assay"), threads);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(artifacts().folder())) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
