package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.artifact.Artifacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the bytes of some tensors are. Any number of checkpoints and weights may name the same place, so that a tensor which they share is
 * there once.
 *
 * @param byName places by the tensor's name
 */
record TensorPlaces(SortedMap<String, Place> byName) {

    /**
     * Where a tensor is.
     *
     * @param sha256 digest of the tensor alone
     * @param file a safetensors file, relative to the store's folder
     * @param name of the tensor there
     */
    record Place(String sha256, String file, String name) {}

    /** The files that tensors are in. */
    Set<String> files() {
        return byName.values().stream().map(Place::file).collect(Collectors.toSet());
    }

    /**
     * The tensors by name.
     *
     * @param owner of the arrays
     * @throws CorruptFileException if one of them is not what was written
     */
    Map<String, NDArray> read(Artifacts artifacts, NDManager owner) throws IOException {
        artifacts.fetch(files());
        Map<String, NDArray> tensors = new TreeMap<>();
        for (String file : files()) {
            tensors.putAll(read(artifacts.folder().resolve(file), in(file), owner));
        }
        return tensors;
    }

    private SortedMap<String, Place> in(String file) {
        SortedMap<String, Place> here = new TreeMap<>(byName);
        here.values().removeIf(place -> !place.file().equals(file));
        return here;
    }

    private static Map<String, NDArray> read(Path file, SortedMap<String, Place> places, NDManager owner)
            throws IOException {
        Set<String> wanted = places.values().stream().map(Place::name).collect(Collectors.toSet());
        Map<String, NDArray> found = Safetensors.read(file, owner, wanted::contains);
        Map<String, NDArray> tensors = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        places.forEach((name, place) -> {
            NDArray tensor = found.get(place.name());
            if (tensor == null || !TensorDigest.of(tensor).equals(place.sha256())) {
                throw new CorruptFileException(file, "tensor (" + name + ") is not what was written");
            }
            // Equal tensors are one on disk, but whoever changes one here does not mean the other.
            tensors.put(name, taken.add(place.name()) ? tensor : tensor.duplicate());
        });
        return tensors;
    }

    void addTo(ObjectNode content) {
        ObjectNode places = content.putObject("tensors");
        byName.forEach((name, place) -> places.putObject(name)
                .put("sha256", place.sha256())
                .put("file", place.file())
                .put("name", place.name()));
    }

    static TensorPlaces from(JsonNode content) {
        SortedMap<String, Place> places = new TreeMap<>();
        content.required("tensors")
                .forEachEntry((name, place) -> places.put(
                        name,
                        new Place(
                                place.required("sha256").asString(),
                                place.required("file").asString(),
                                place.required("name").asString())));
        return new TensorPlaces(places);
    }
}
