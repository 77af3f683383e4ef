package dev.assay.junit;

import ai.djl.ndarray.types.Shape;
import dev.assay.data.BatchStream;
import dev.assay.data.Normalisation;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import java.util.List;
import java.util.Map;

/** A partition whose passes are all as the first: the same order, the same augmentation. */
record FirstPass(Partition partition) implements Partition {

    @Override
    public long size() {
        return partition.size();
    }

    @Override
    public Map<String, Shape> shapes() {
        return partition.shapes();
    }

    @Override
    public List<String> classes() {
        return partition.classes();
    }

    @Override
    public Map<String, Normalisation> normalisations() {
        return partition.normalisations();
    }

    @Override
    public long batchCount(Pass pass) {
        return partition.batchCount(first(pass));
    }

    @Override
    public int batchSize(Pass pass, long batch) {
        return partition.batchSize(first(pass), batch);
    }

    @Override
    public BatchStream batches(Pass pass) {
        return partition.batches(first(pass));
    }

    private static Pass first(Pass pass) {
        return new Pass(pass.batchSize(), pass.order(), 0, pass.dropLast());
    }
}
