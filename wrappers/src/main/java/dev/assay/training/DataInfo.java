package dev.assay.training;

import ai.djl.ndarray.types.Shape;
import dev.assay.data.Partition;
import java.util.List;
import java.util.Map;

/**
 * What a model needs to know of the data it is made for.
 *
 * @param size number of training examples
 * @param shapes shape of one example by name, without the batch dimension
 * @param classes names of the classes by label, empty where there are none
 */
public record DataInfo(long size, Map<String, Shape> shapes, List<String> classes) {
    public DataInfo {
        shapes = Map.copyOf(shapes);
        classes = List.copyOf(classes);
    }

    /** What a partition says of itself. */
    public static DataInfo of(Partition partition) {
        return new DataInfo(partition.size(), partition.shapes(), partition.classes());
    }
}
