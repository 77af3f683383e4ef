package dev.assay.data;

import dev.assay.random.Seed;
import java.util.Optional;

/**
 * One pass over a partition.
 *
 * @param batchSize examples in a batch
 * @param order for training: the seed that decides order and augmentation together with the epoch; empty for evaluation, in which every
 *     example comes once, in stored order, as it is
 * @param epoch number of the pass, from 0
 * @param dropLast whether a last batch with fewer examples is left out
 */
public record Pass(int batchSize, Optional<Seed> order, long epoch, boolean dropLast) {

    /** Shuffled and augmented. */
    public static Pass training(int batchSize, Seed seed, long epoch, boolean dropLast) {
        return new Pass(batchSize, Optional.of(seed), epoch, dropLast);
    }

    /** Every example once, in stored order, as it is. */
    public static Pass evaluation(int batchSize) {
        return new Pass(batchSize, Optional.empty(), 0, false);
    }

    public boolean isTraining() {
        return order.isPresent();
    }

    /** Number of batches over {@code examples} examples. */
    public long batches(long examples) {
        return dropLast ? examples / batchSize : (examples + batchSize - 1) / batchSize;
    }
}
