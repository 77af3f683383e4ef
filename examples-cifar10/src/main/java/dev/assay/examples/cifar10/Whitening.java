package dev.assay.examples.cifar10;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.engine.TorchScript;
import java.util.ArrayList;
import java.util.List;

/** Filters that make patches of 2×2 pixels white: what they find in them is uncorrelated and of one size (Page 2018, "How to train your ResNet"). */
final class Whitening {
    private static final int SIDE = 2;
    private static final int BATCH = 1000;
    /** Keeps directions that hardly occur from being blown up. */
    private static final double EPS = 5e-4;

    private static final String EIGENVECTORS = """
            def scaled(self, moments: Tensor) -> List[Tensor]:
              _0 = torch.linalg_eigh(moments, "U")
              values, vectors, = _0
              return [torch.flip(torch.div(torch.t(vectors), torch.unsqueeze(torch.sqrt(torch.add(values, %s)), 1)), [0])]
            """.formatted(EPS);

    private Whitening() {}

    /**
     * A filter for each direction, from the largest to the smallest, and then one for the opposite of each.
     *
     * @param examples the first pictures of the partition that are looked at
     * @return shape (24, 3, 2, 2)
     */
    static NDArray filters(Partition partition, int examples, NDManager memory) {
        NDArray sum = null;
        long patches = 0;
        try (BatchStream batches = partition.batches(Pass.evaluation(BATCH))) {
            for (int seen = 0; seen < examples && batches.hasNext(); seen += BATCH) {
                try (NDManager scratch = memory.newSubManager()) {
                    Batch batch = batches.next(scratch);
                    NDArray each = patches(batch.get("image"));
                    NDArray moments = each.matMul(each.transpose());
                    patches += each.getShape().get(1);
                    sum = sum == null ? moments : sum.addi(moments);
                    sum.attach(memory);
                }
            }
        }
        try (TorchScript script = TorchScript.compile(EIGENVECTORS)) {
            NDArray vectors = script.call(
                            memory,
                            "scaled",
                            java.util.Objects.requireNonNull(sum).div(patches))
                    .get(0);
            return NDArrays.concat(new ai.djl.ndarray.NDList(vectors, vectors.neg()))
                    .reshape(new Shape(-1, 3, SIDE, SIDE));
        }
    }

    /** A column for each patch, a row for each of its values. */
    private static NDArray patches(NDArray images) {
        long height = images.getShape().get(2);
        long width = images.getShape().get(3);
        List<NDArray> rows = new ArrayList<>();
        for (int channel = 0; channel < images.getShape().get(1); channel++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    rows.add(images.get(new NDIndex(
                                    ":, {}, {}:{}, {}:{}", channel, y, height - SIDE + 1 + y, x, width - SIDE + 1 + x))
                            .reshape(-1));
                }
            }
        }
        return NDArrays.stack(new ai.djl.ndarray.NDList(rows));
    }
}
