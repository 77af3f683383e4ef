package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.WeightFiles;
import dev.assay.data.Partition;
import dev.assay.model.Model;
import dev.assay.model.PartialLoad;
import dev.assay.run.Trial;
import dev.assay.store.TrialRecord;
import dev.assay.store.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A training before its first step, and what it can start from. */
public final class Start {
    private final Model model;
    private final NDManager memory;
    private final Partition train;
    private final Trial<?> trial;

    Start(Model model, NDManager memory, Partition train, Trial<?> trial) {
        this.model = model;
        this.memory = memory;
        this.train = train;
        this.trial = trial;
    }

    public Model model() {
        return model;
    }

    /** Owns arrays that live as long as the training. */
    public NDManager memory() {
        return memory;
    }

    /** What the model needs to know of the data that is trained on. */
    public DataInfo data() {
        return DataInfo.of(train);
    }

    /** What is trained on. */
    public Partition train() {
        return train;
    }

    /** What the store knows of another trial, by the beginning of its hash; empty if there is none or several. */
    public Optional<TrialRecord> other(String hash) {
        return trial.other(hash);
    }

    /**
     * The final weights of another trial.
     *
     * @param owner of the arrays
     * @throws IOException if they cannot be read
     */
    public Map<String, NDArray> weights(Weights weights, NDManager owner) throws IOException {
        return new WeightFiles(trial.otherArtifacts()).load(weights, owner);
    }

    /**
     * Takes over the tensors of a file that fit by name and shape, and says what became of each.
     *
     * @param file a safetensors file or weights of a store, by an absolute path or one relative to the store's folder
     * @param renames from a pattern of names in the file to their names in the model; see {@link PartialLoad}
     * @throws IOException if the file cannot be read
     */
    public PartialLoad load(Path file, Map<String, String> renames) throws IOException {
        try (NDManager scratch = memory.newSubManager()) {
            Map<String, NDArray> tensors = new WeightFiles(trial.otherArtifacts()).load(file, scratch);
            return PartialLoad.into(model, tensors, renames);
        }
    }
}
