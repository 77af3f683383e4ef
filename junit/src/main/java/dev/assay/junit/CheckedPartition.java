package dev.assay.junit;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Normalisation;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.error.AssayException;
import java.util.List;
import java.util.Map;

/** A partition whose batches are checked against what it says of them. */
record CheckedPartition(String name, Partition partition) implements Partition {

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
        return partition.batchCount(pass);
    }

    @Override
    public int batchSize(Pass pass, long batch) {
        return partition.batchSize(pass, batch);
    }

    @Override
    public BatchStream batches(Pass pass) {
        return new Stream(partition.batches(pass), pass);
    }

    private final class Stream implements BatchStream {
        private final BatchStream batches;
        private final Pass pass;
        private long number;

        Stream(BatchStream batches, Pass pass) {
            this.batches = batches;
            this.pass = pass;
        }

        @Override
        public boolean hasNext() {
            return batches.hasNext();
        }

        @Override
        public Batch next(NDManager scope) {
            Batch batch = batches.next(scope);
            check(batch);
            number++;
            return batch;
        }

        private void check(Batch batch) {
            int promised = partition.batchSize(pass, number);
            if (batch.size() != promised) {
                throw new AssertionError("Batch " + number + " of partition (" + name + ") has " + batch.size()
                        + " examples; the partition promised " + promised
                        + ".\nMaybe batchSize or batchCount of the partition should be overridden.");
            }
            try {
                batch.requireShapes(partition.shapes());
            } catch (AssayException e) {
                throw new AssertionError(
                        "Partition (" + name + "): " + e.getMessage()
                                + "\nMaybe shapes() has the batch dimension, which it must not, or another name.",
                        e);
            }
        }

        @Override
        public void skip(long count) {
            batches.skip(count);
            number += count;
        }

        @Override
        public void close() {
            batches.close();
        }
    }
}
