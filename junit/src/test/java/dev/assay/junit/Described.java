package dev.assay.junit;

import ai.djl.ndarray.types.Shape;
import dev.assay.data.BatchStream;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import java.util.List;
import java.util.Map;

/** A partition that says other shapes than it has. */
record Described(Partition partition, Map<String, Shape> shapes) implements Partition {

    @Override
    public long size() {
        return partition.size();
    }

    @Override
    public List<String> classes() {
        return partition.classes();
    }

    @Override
    public BatchStream batches(Pass pass) {
        return partition.batches(pass);
    }
}
