package dev.assay.examples.cifar10.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.Safetensors;
import dev.assay.model.Model;
import dev.assay.model.PartialLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weights of a {@link ResNet18} in a safetensors file, by the names of the state dict of torchvision's {@code resnet18}. They are those of the
 * graph but for {@code fc}, which is {@code logits} here, and {@code num_batches_tracked}, which nothing is computed from: it is left out, and
 * {@code load_state_dict} of a dict without metadata does not miss it.
 */
public final class TorchvisionWeights {
    private static final String THEIRS = "fc.";
    private static final String OURS = Classification.LOGITS + ".";
    private static final String COUNT = ".num_batches_tracked";

    private TorchvisionWeights() {}

    /**
     * Takes over what fits: the last layer of another number of classes, or the first convolution of another stem, stay as they are.
     *
     * @param model with its arrays
     * @throws IOException if the file cannot be read
     * @throws dev.assay.error.AssayException if nothing in it fits
     */
    public static PartialLoad load(Path file, Model model, NDManager memory) throws IOException {
        try (NDManager scratch = memory.newSubManager()) {
            Map<String, NDArray> tensors = Safetensors.read(file, scratch);
            tensors.keySet().removeIf(name -> name.endsWith(COUNT));
            return PartialLoad.into(model, tensors, Map.of(THEIRS, OURS));
        }
    }

    /**
     * Writes a file, as a whole or not at all.
     *
     * @param tensors of the model, by its own names
     * @throws IOException if it cannot be written
     */
    public static void save(Map<String, NDArray> tensors, Path file) throws IOException {
        Map<String, NDArray> renamed = new TreeMap<>();
        tensors.forEach((name, tensor) ->
                renamed.put(name.startsWith(OURS) ? THEIRS + name.substring(OURS.length()) : name, tensor));
        Safetensors.write(file, renamed);
    }
}
