package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.artifact.Artifacts;
import dev.assay.store.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The weights kept in a store's folder: for each a list {@code weights/<digest>.json} of where its tensors are. Large tensors are shared
 * with all other weights and checkpoints of the store, small ones are in {@code weights/<digest>.safetensors}. The list comes last, so
 * weights are there as a whole or not at all.
 */
public final class WeightFiles {
    private static final String FORMAT = "assay weights 1";
    private static final String LIST = ".json";

    private final Artifacts artifacts;

    public WeightFiles(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** Keeps tensors and says where. */
    public Weights save(Map<String, NDArray> tensors) throws IOException {
        String digest = TensorDigest.of(tensors);
        String list = "weights/" + digest + LIST;
        ObjectNode content = DigestedJson.of(FORMAT);
        TensorPlaces places = places(tensors, "weights/" + digest + ".safetensors");
        places.addTo(content);
        artifacts.keep(places.files());
        DigestedJson.write(artifacts.folder().resolve(list), content);
        artifacts.keep(List.of(list));
        return new Weights(
                digest,
                list,
                tensors.values().stream().mapToLong(SharedTensors::bytes).sum());
    }

    private TensorPlaces places(Map<String, NDArray> tensors, String fileOfSmall) throws IOException {
        SharedTensors shared = new SharedTensors(artifacts);
        SortedMap<String, TensorPlaces.Place> places = new TreeMap<>();
        Map<String, NDArray> small = new TreeMap<>();
        for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
            NDArray tensor = entry.getValue();
            String sha256 = TensorDigest.of(tensor);
            if (SharedTensors.takes(tensor)) {
                places.put(entry.getKey(), shared.keep(sha256, tensor));
            } else {
                places.put(entry.getKey(), new TensorPlaces.Place(sha256, fileOfSmall, entry.getKey()));
                small.put(entry.getKey(), tensor);
            }
        }
        if (!small.isEmpty()) {
            Safetensors.write(artifacts.folder().resolve(fileOfSmall), small);
        }
        return new TensorPlaces(places);
    }

    /**
     * The tensors that were kept.
     *
     * @param owner of the arrays
     * @throws CorruptFileException if they are not what the digest says
     */
    public Map<String, NDArray> load(Weights weights, NDManager owner) throws IOException {
        Path list = artifacts.folder().resolve(weights.file());
        Map<String, NDArray> tensors = load(Path.of(weights.file()), owner);
        String digest = TensorDigest.of(tensors);
        if (!digest.equals(weights.sha256())) {
            throw new CorruptFileException(
                    list, "the digest of its tensors is " + digest + " where " + weights.sha256() + " was expected");
        }
        return tensors;
    }

    /**
     * Tensors by name from a file of the safetensors format, or from a list in the {@code weights} folder of this or any other store.
     *
     * @param file by an absolute path, or one relative to the store's folder
     * @param owner of the arrays
     * @throws CorruptFileException if it is damaged
     */
    public Map<String, NDArray> load(Path file, NDManager owner) throws IOException {
        if (file.isAbsolute() && !file.normalize().startsWith(artifacts.folder())) {
            Path itsStore = Objects.requireNonNull(file.normalize().getParent()).resolveSibling("");
            return loadOwn(file, new WeightFiles(Artifacts.in(itsStore)), owner);
        }
        Path own = artifacts.folder().resolve(file);
        artifacts.fetch(List.of(artifacts.name(own)));
        return loadOwn(own, this, owner);
    }

    private static Map<String, NDArray> loadOwn(Path file, WeightFiles store, NDManager owner) throws IOException {
        return file.toString().endsWith(LIST)
                ? TensorPlaces.from(DigestedJson.read(file, FORMAT)).read(store.artifacts, owner)
                : Safetensors.read(file, owner);
    }

    /**
     * Writes tensors that were kept to one safetensors file.
     *
     * @param memory to read them into
     * @return their shapes by name
     */
    public SortedMap<String, List<Long>> export(Weights weights, Path file, NDManager memory) throws IOException {
        Map<String, NDArray> tensors = load(weights, memory);
        Safetensors.write(file, tensors);
        SortedMap<String, List<Long>> shapes = new TreeMap<>();
        tensors.forEach((name, tensor) -> shapes.put(
                name, LongStream.of(tensor.getShape().getShape()).boxed().toList()));
        return shapes;
    }

    /** The files that weights consist of, relative to the store's folder; none if {@code list} is not there. */
    public Set<Path> files(Path list) throws IOException {
        artifacts.fetch(List.of(list.toString()));
        Path file = artifacts.folder().resolve(list);
        if (!Files.exists(file)) {
            return Set.of();
        }
        return TensorPlaces.from(DigestedJson.read(file, FORMAT)).files().stream()
                .map(Path::of)
                .collect(Collectors.toSet());
    }
}
