package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.artifact.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one trial: for each a manifest {@code step-N.json}, and beside it {@code step-N.safetensors} with those of its tensors
 * that were neither in an earlier one nor among those that all trials share. A checkpoint is there once its manifest is, which comes last; so whatever is killed at whatever moment, one
 * is there as a whole or not at all. Used by one process and thread at a time.
 */
public final class CheckpointFolder {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
    private static final String MANIFEST = ".json";
    private static final String TENSORS = ".safetensors";

    private final Artifacts artifacts;
    private final Path folder;
    private final SharedTensors shared;
    private final Map<String, TensorPlaces.Place> known = new HashMap<>();

    private CheckpointFolder(Artifacts artifacts, Path folder) {
        this.artifacts = artifacts;
        this.folder = folder;
        this.shared = new SharedTensors(artifacts);
    }

    /**
     * The checkpoints below a trial's folder here, whether there are any or not.
     *
     * @param artifacts those of the store, the folder's among them
     */
    public static CheckpointFolder of(Artifacts artifacts, Path trialDirectory) {
        return new CheckpointFolder(
                artifacts, trialDirectory.toAbsolutePath().normalize().resolve("checkpoints"));
    }

    /** The checkpoints of a trial that somebody else may be working on, also those that are not here yet. */
    public static CheckpointFolder fetched(Artifacts artifacts, Path trialDirectory) throws IOException {
        CheckpointFolder folder = of(artifacts, trialDirectory);
        artifacts.fetchBelow(artifacts.name(folder.folder), MANIFEST);
        return folder;
    }

    /** Steps there are checkpoints of. */
    public SortedSet<Long> steps() throws IOException {
        return names(MANIFEST).stream()
                .map(name -> Long.parseLong(name.replaceAll("\\D", "")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Writes a checkpoint; one of the same step is replaced. */
    public void write(Checkpoint checkpoint) throws IOException {
        Files.createDirectories(folder);
        String file = relative(folder.resolve(name(checkpoint.step()) + TENSORS));
        known.values().removeIf(place -> place.file().equals(file));
        Map<String, TensorPlaces.Place> there = new HashMap<>(known);
        SortedMap<String, TensorPlaces.Place> places = new TreeMap<>();
        Map<String, NDArray> unknown = new TreeMap<>();
        checkpoint
                .tensors()
                .forEach((name, tensor) -> places.put(
                        name,
                        there.computeIfAbsent(
                                TensorDigest.of(tensor),
                                sha256 -> shared.find(sha256, tensor).orElseGet(() -> {
                                    unknown.put(name, tensor);
                                    return new TensorPlaces.Place(sha256, file, name);
                                }))));
        if (!unknown.isEmpty()) {
            Safetensors.write(artifacts.folder().resolve(file), unknown);
        }
        known.putAll(there);
        new Manifest(checkpoint.step(), checkpoint.maker(), checkpoint.numbers(), new TensorPlaces(places))
                .write(folder.resolve(name(checkpoint.step()) + MANIFEST));
    }

    /** The newest checkpoint that can be read; one that cannot is told in the log and left aside. */
    public Optional<Checkpoint> newest(NDManager owner) throws IOException {
        for (long step : List.copyOf(new TreeSet<>(steps()).descendingSet())) {
            try {
                return Optional.of(read(step, owner));
            } catch (CorruptFileException | IOException e) {
                LOG.warn("The checkpoint of step {} cannot be used; the one before is taken. {}", step, e.getMessage());
            }
        }
        return Optional.empty();
    }

    /**
     * The checkpoint of that step.
     *
     * @param owner of the tensors
     * @throws CorruptFileException if anything in it is not what was written
     */
    public Checkpoint read(long step, NDManager owner) throws IOException {
        Manifest manifest = Manifest.read(folder.resolve(name(step) + MANIFEST));
        Map<String, NDArray> tensors = manifest.tensors().read(artifacts, owner);
        manifest.tensors().byName().values().forEach(place -> known.putIfAbsent(place.sha256(), place));
        return new Checkpoint(manifest.step(), tensors, manifest.numbers(), manifest.maker());
    }

    /** Deletes the checkpoints of all other steps, and the files that nothing refers to then. */
    public void keep(Collection<Long> steps) throws IOException {
        Set<String> used = new HashSet<>();
        for (long step : steps()) {
            Path manifest = folder.resolve(name(step) + MANIFEST);
            if (!steps.contains(step)) {
                Files.delete(manifest);
            } else {
                used.addAll(Manifest.read(manifest).tensors().files());
            }
        }
        for (String name : names(TENSORS)) {
            String file = relative(folder.resolve(name));
            if (!used.contains(file)) {
                Files.delete(folder.resolve(name));
            }
        }
        // Shared ones, too: what no checkpoint refers to may be collected as garbage.
        known.values().removeIf(place -> !used.contains(place.file()));
    }

    /**
     * Has the trial's folder wherever the store keeps its files: the checkpoints, and what else there is.
     *
     * @throws IOException if that cannot be done; what was there before is whole
     */
    public void publish() throws IOException {
        artifacts.push(
                artifacts.name(folder.resolveSibling("")),
                usedFiles().stream().map(Path::toString).toList());
    }

    /** The files, relative to the store's folder, that tensors of these checkpoints are in. */
    public Set<Path> usedFiles() throws IOException {
        Set<Path> used = new HashSet<>();
        for (long step : steps()) {
            Manifest.read(folder.resolve(name(step) + MANIFEST))
                    .tensors()
                    .files()
                    .forEach(file -> used.add(Path.of(file)));
        }
        return used;
    }

    private Set<String> names(String suffix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("step-\\d+" + suffix.replace(".", "\\.")))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String name(long step) {
        return String.format("step-%012d", step);
    }

    private String relative(Path file) {
        return artifacts.name(file);
    }
}
