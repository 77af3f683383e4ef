package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import dev.assay.artifact.Artifacts;
import dev.assay.engine.ElementType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tensors below a store's folder that all its trials share: each in a file of its own that is named by its digest. Any number of
 * processes may keep tensors at once.
 */
final class SharedTensors {
    /** A file takes at least a block of the disk, so what is smaller is no gain in a file of its own. */
    private static final int SMALLEST_BYTES = 4096;

    private static final String NAME = "tensor";

    private final Path folder;

    SharedTensors(Artifacts artifacts) {
        this.folder = artifacts.folder();
    }

    /** Whether a tensor is large enough to be shared. */
    static boolean takes(NDArray tensor) {
        return bytes(tensor) >= SMALLEST_BYTES;
    }

    static long bytes(NDArray tensor) {
        return tensor.size() * ElementType.from(tensor.getDataType()).bytes();
    }

    /** Keeps a tensor; what is there but damaged is written anew. */
    TensorPlaces.Place keep(String sha256, NDArray tensor) throws IOException {
        Optional<TensorPlaces.Place> found = find(sha256, tensor);
        if (found.isPresent()) {
            return found.get();
        }
        TensorPlaces.Place place = place(sha256);
        Safetensors.write(folder.resolve(place.file()), Map.of(NAME, tensor));
        return place;
    }

    /** Where a tensor is, if it is kept and undamaged; it is safe from being collected as garbage for the next hour then. */
    Optional<TensorPlaces.Place> find(String sha256, NDArray tensor) {
        TensorPlaces.Place place = place(sha256);
        Path file = folder.resolve(place.file());
        try {
            // First of all, so that it cannot be collected after it was looked at.
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return holds(file, tensor) ? Optional.of(place) : Optional.empty();
        } catch (IOException | CorruptFileException e) {
            return Optional.empty();
        }
    }

    private static boolean holds(Path file, NDArray tensor) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Header header = Header.read(channel, file);
            Header wanted = Header.of(new TreeMap<>(Map.of(NAME, tensor)));
            return header.entries().equals(wanted.entries())
                    && Safetensors.readFully(channel, header.dataStart(), bytes(tensor), file)
                            .equals(Safetensors.bytes(tensor));
        }
    }

    private static TensorPlaces.Place place(String sha256) {
        return new TensorPlaces.Place(sha256, "tensors/" + sha256 + ".safetensors", NAME);
    }
}
