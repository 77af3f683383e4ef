package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.Safetensors;
import dev.assay.model.Model;
import dev.assay.model.PartialLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The state before the first step of a new training, whose weights may be changed. */
public final class Start {
    private final Model model;
    private final NDManager memory;
    private final Path storeDirectory;

    Start(Model model, NDManager memory, Path storeDirectory) {
        this.model = model;
        this.memory = memory;
        this.storeDirectory = storeDirectory;
    }

    public Model model() {
        return model;
    }

    /**
     * Takes over the tensors of a safetensors file that fit by name and shape, and says what became of each.
     *
     * @param file an absolute path, or one relative to the store's folder
     * @param renames from a pattern of names in the file to their names in the model; see {@link PartialLoad}
     * @throws IOException if the file cannot be read
     */
    public PartialLoad load(Path file, Map<String, String> renames) throws IOException {
        try (NDManager scratch = memory.newSubManager()) {
            Map<String, NDArray> tensors = Safetensors.read(storeDirectory.resolve(file), scratch);
            return PartialLoad.into(model, tensors, renames);
        }
    }
}
