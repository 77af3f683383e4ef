package dev.assay.run;

import dev.assay.artifact.Artifacts;
import dev.assay.config.ConfigReader;
import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.store.TrialRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/** The wrappers of an application by name. Immutable. */
public final class Wrappers {
    private final Map<String, Wrapper<?>> byName;

    private Wrappers(Map<String, Wrapper<?>> byName) {
        this.byName = byName;
    }

    public static Wrappers of() {
        return new Wrappers(Map.of());
    }

    /** These and one more. */
    public Wrappers with(Wrapper<?> wrapper) {
        Map<String, Wrapper<?>> more = new LinkedHashMap<>(byName);
        if (more.put(wrapper.name(), wrapper) != null) {
            throw new AssayException("Wrapper (" + wrapper.name() + ") is registered twice.");
        }
        return new Wrappers(more);
    }

    /**
     * The wrapper of that name.
     *
     * @throws AssayException if there is none, with the names there are
     */
    public Wrapper<?> get(String name) {
        Wrapper<?> wrapper = byName.get(name);
        if (wrapper == null) {
            throw new AssayException("There is no wrapper (" + name + "); there are " + byName.keySet() + ".");
        }
        return wrapper;
    }

    /** The run config type of each wrapper. */
    public Map<String, Class<? extends RunConfig>> configTypes() {
        Map<String, Class<? extends RunConfig>> types = new LinkedHashMap<>();
        byName.forEach((name, wrapper) -> types.put(name, wrapper.configType()));
        return types;
    }

    /**
     * The steps of a trial whose state was kept, so that another can start from there.
     *
     * @param artifacts those of its store
     */
    public SortedSet<Long> keptSteps(TrialRecord trial, Artifacts artifacts) throws IOException {
        Path folder = directory(artifacts.folder(), trial.hash());
        return get(trial.wrapper()).factory().get().keptSteps(artifacts, folder);
    }

    /**
     * The files outside a trial's folder that something within it, or weights, refer to, relative to the store's folder.
     *
     * @param artifacts those of its store
     * @param weights files of weights that the trial has left or its config names
     */
    Set<Path> usedFiles(TrialRecord trial, Artifacts artifacts, Set<Path> weights) throws IOException {
        Path folder = directory(artifacts.folder(), trial.hash());
        return Files.isDirectory(folder)
                        || !weights.isEmpty()
                        || artifacts.address().isPresent()
                ? get(trial.wrapper()).factory().get().usedFiles(artifacts, folder, weights)
                : Set.of();
    }

    /** The folder of a trial's own. */
    public static Path directory(Path storeDirectory, String hash) {
        return storeDirectory.resolve("trials").resolve(hash);
    }

    <C extends RunConfig> C config(Wrapper<C> wrapper, JsonNode json) {
        return ConfigReader.of(wrapper.configType()).fromJson(json);
    }
}
