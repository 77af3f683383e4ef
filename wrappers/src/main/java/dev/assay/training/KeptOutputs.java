package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.Safetensors;
import dev.assay.data.Datasets;
import dev.assay.error.AssayException;
import dev.assay.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Outputs of a model, and arrays of the batches, that are kept of each evaluated partition, in a file for each. */
record KeptOutputs(List<String> names) {
    KeptOutputs {
        names = List.copyOf(names);
    }

    /** @throws AssayException if a name is neither an output of the model nor an array of each partition */
    void requireThere(Model model, Datasets datasets) {
        datasets.evaluated().forEach((partition, data) -> {
            for (String name : names) {
                if (!model.outputs().contains(name) && !data.shapes().containsKey(name)) {
                    throw new AssayException("train.outputs has (" + name + "); it must be an output of the model, "
                            + model.outputs() + ", or an array of partition (" + partition + "), "
                            + new TreeSet<>(data.shapes().keySet()) + ".");
                }
            }
        });
    }

    /** Runs the model over all partitions and writes the files; returns them by partition. Nothing is done if there are no names. */
    Map<String, Path> write(EvaluationContext evaluation, Path trialDirectory, NDManager memory) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        if (names.isEmpty()) {
            return files;
        }
        Path folder = Files.createDirectories(trialDirectory.resolve("outputs"));
        for (String partition : evaluation.datasets().evaluated().keySet()) {
            Path file = folder.resolve(partition + ".safetensors");
            try (NDManager scratch = memory.newSubManager()) {
                Safetensors.write(file, collect(evaluation, partition, scratch));
            }
            files.put(partition, file);
        }
        return files;
    }

    private Map<String, NDArray> collect(EvaluationContext evaluation, String partition, NDManager scratch) {
        Map<String, NDList> batches = new TreeMap<>();
        evaluation.forEachBatch(partition, (batch, outputs) -> {
            for (String name : names) {
                NDArray copy = Measure.argument(name, batch, outputs).duplicate();
                copy.attach(scratch);
                batches.computeIfAbsent(name, first -> new NDList()).add(copy);
            }
        });
        Map<String, NDArray> whole = new TreeMap<>();
        batches.forEach((name, parts) -> whole.put(name, NDArrays.concat(parts, 0)));
        return whole;
    }
}
