package dev.assay.data.corruption;

import ai.djl.ndarray.NDManager;
import dev.assay.data.BatchStream;
import dev.assay.data.ImagePartition;
import dev.assay.data.Pass;
import java.util.ArrayList;
import java.util.List;

/** What a model is shown. */
final class Values {
    private Values() {}

    /** All values of an evaluation pass. */
    static List<Float> of(ImagePartition partition) {
        List<Float> values = new ArrayList<>();
        try (BatchStream batches = partition.batches(Pass.evaluation(1))) {
            while (batches.hasNext()) {
                try (NDManager scope = NDManager.newBaseManager()) {
                    for (float value :
                            batches.next(scope).get(ImagePartition.IMAGE).toFloatArray()) {
                        values.add(value);
                    }
                }
            }
        }
        return values;
    }
}
