package dev.assay.run;

import dev.assay.artifact.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A place that keeps nothing, and takes longer than a lease to say that it has nothing of a trial. */
public final class SlowFiles implements ObjectStore.Provider, ObjectStore {
    @Override
    public String scheme() {
        return "slow";
    }

    @Override
    public ObjectStore open(URI address) {
        return this;
    }

    @Override
    public Access access(URI address) {
        return new Access(Map.of(), Map.of());
    }

    @Override
    public List<Entry> list(String prefix) throws IOException {
        if (prefix.matches("trials/.+")) {
            try {
                Thread.sleep(Worker.LEASE.toMillis() + 2000);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        return List.of();
    }

    @Override
    public Optional<Details> find(String name) {
        return Optional.empty();
    }

    @Override
    public Details get(String name, Path file) throws IOException {
        throw new NoSuchFileException(name);
    }

    @Override
    public void put(String name, Path file, String sha256) {}

    @Override
    public void delete(String name) {}
}
