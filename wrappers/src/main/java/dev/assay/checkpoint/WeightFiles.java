package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

    private final Path storeDirectory;

    public WeightFiles(Path storeDirectory) {
        this.storeDirectory = storeDirectory;
    }

    /** Keeps tensors and says where. */
    public Weights save(Map<String, NDArray> tensors) throws IOException {
        String digest = TensorDigest.of(tensors);
        String list = "weights/" + digest + LIST;
        ObjectNode content = DigestedJson.of(FORMAT);
        places(tensors, "weights/" + digest + ".safetensors").addTo(content);
        DigestedJson.write(storeDirectory.resolve(list), content);
        return new Weights(
                digest,
                list,
                tensors.values().stream().mapToLong(SharedTensors::bytes).sum());
    }

    private TensorPlaces places(Map<String, NDArray> tensors, String fileOfSmall) throws IOException {
        SharedTensors shared = new SharedTensors(storeDirectory);
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
            Safetensors.write(storeDirectory.resolve(fileOfSmall), small);
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
        Path list = storeDirectory.resolve(weights.file());
        Map<String, NDArray> tensors = load(list, owner);
        String digest = TensorDigest.of(tensors);
        if (!digest.equals(weights.sha256())) {
            throw new CorruptFileException(
                    list, "the digest of its tensors is " + digest + " where " + weights.sha256() + " was expected");
        }
        return tensors;
    }

    /**
     * Tensors by name from a file of the safetensors format, or from a list in the {@code weights} folder of any store.
     *
     * @param owner of the arrays
     * @throws CorruptFileException if it is damaged
     */
    public static Map<String, NDArray> load(Path file, NDManager owner) throws IOException {
        if (!file.toString().endsWith(LIST)) {
            return Safetensors.read(file, owner);
        }
        Path itsStore =
                Objects.requireNonNull(file.toAbsolutePath().getParent()).resolveSibling("");
        return TensorPlaces.from(DigestedJson.read(file, FORMAT)).read(itsStore, owner);
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
        Path file = storeDirectory.resolve(list);
        if (!Files.exists(file)) {
            return Set.of();
        }
        return TensorPlaces.from(DigestedJson.read(file, FORMAT)).files().stream()
                .map(Path::of)
                .collect(Collectors.toSet());
    }
}
