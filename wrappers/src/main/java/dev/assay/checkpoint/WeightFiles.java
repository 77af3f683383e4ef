package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.store.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The weights kept in a store's folder, each file named by the digest of its content, so that equal weights are there once. */
public final class WeightFiles {
    private final Path storeDirectory;

    public WeightFiles(Path storeDirectory) {
        this.storeDirectory = storeDirectory;
    }

    /** Keeps tensors and says where. */
    public Weights save(Map<String, NDArray> tensors) throws IOException {
        String digest = TensorDigest.of(tensors);
        String name = "weights/" + digest + ".safetensors";
        Path file = storeDirectory.resolve(name);
        if (!Files.exists(file)) {
            Safetensors.write(file, tensors);
        }
        return new Weights(digest, name, Files.size(file));
    }

    /**
     * The tensors that were kept.
     *
     * @throws CorruptFileException if the content is not what the digest says
     */
    public Map<String, NDArray> load(Weights weights, NDManager owner) throws IOException {
        Path file = storeDirectory.resolve(weights.file());
        Map<String, NDArray> tensors = Safetensors.read(file, owner);
        String digest = TensorDigest.of(tensors);
        if (!digest.equals(weights.sha256())) {
            throw new CorruptFileException(
                    file, "its digest is " + digest + " where " + weights.sha256() + " was expected");
        }
        return tensors;
    }
}
