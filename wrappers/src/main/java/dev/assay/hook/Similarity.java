package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** How alike two representations of the same examples are: a scalar that is 1 where they are the same, differentiable in both. */
public enum Similarity {
    /**
     * Linear centred kernel alignment (Kornblith, Norouzi, Lee and Hinton 2019), biased; 0 to 1. It is the same whatever either is rotated by or
     * multiplied with.
     */
    LINEAR_CKA {
        @Override
        NDArray ofRows(NDArray x, NDArray y) {
            return cosine(products(centred(x, 0)), products(centred(y, 0)));
        }
    },
    /**
     * Pearson's correlation of the two matrices of dissimilarities between examples (Kriegeskorte, Mur and Bandettini 2008), a dissimilarity being 1
     * − Pearson's correlation of two examples' units; −1 to 1. Needs three examples or more, and two units.
     */
    RDM_CORRELATION {
        @Override
        NDArray ofRows(NDArray x, NDArray y) {
            return cosine(centredOffDiagonal(correlations(x)), centredOffDiagonal(correlations(y)));
        }
    };

    /** Lengths below are taken for this, so that nothing is divided by zero. */
    private static final double TINY = 1e-12;

    abstract NDArray ofRows(NDArray x, NDArray y);

    /**
     * The similarity of two arrays whose first dimension is the example; the others are its units.
     *
     * @return a scalar
     */
    public NDArray of(NDArray x, NDArray y) {
        return ofRows(rows(x), rows(y));
    }

    private static NDArray rows(NDArray array) {
        return array.reshape(array.getShape().get(0), -1);
    }

    private static NDArray centred(NDArray array, int axis) {
        return array.sub(array.mean(new int[] {axis}, true));
    }

    /** Inner products of all pairs of rows: small even where an example has many units. */
    private static NDArray products(NDArray rows) {
        return rows.matMul(rows.transpose());
    }

    private static NDArray correlations(NDArray rows) {
        return products(centred(rows, 1).normalize(2, 1, TINY));
    }

    /** That dissimilarities are 1 − correlations makes no difference to what is correlated with them. */
    private static NDArray centredOffDiagonal(NDArray square) {
        long size = square.getShape().get(0);
        NDManager manager = square.getManager();
        NDArray mask = manager.eye((int) size)
                .toType(square.getDataType(), false)
                .neg()
                .add(1);
        NDArray kept = square.mul(mask);
        return kept.sub(kept.sum().div(size * (size - 1))).mul(mask);
    }

    private static NDArray cosine(NDArray x, NDArray y) {
        return x.flatten()
                .normalize(2, 0, TINY)
                .mul(y.flatten().normalize(2, 0, TINY))
                .sum();
    }
}
