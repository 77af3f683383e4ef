package dev.assay.model;

import ai.djl.nn.Block;
import dev.assay.error.AssayException;
import org.jspecify.annotations.Nullable;

/** What DJL's own dropout and batch norm cannot do, since they are told no more than whether the model trains. */
final class StockBlocks {
    private StockBlocks() {}

    /** @throws AssayException if a block below would not do what the mode says */
    static void requireAble(Block block, Mode mode) {
        boolean isAble = mode.isDropping() == mode.isUpdatingStatistics() || !has(block, ai.djl.nn.norm.Dropout.class);
        if (!isAble) {
            throw new AssayException("The model has DJL's Dropout, which does not know mode " + mode
                    + "; dev.assay.model.Dropout does and is otherwise the same.");
        }
    }

    /** @throws AssayException if the tensor is a statistic that would move all the same */
    static void requireFreezable(String name, ParameterNames.@Nullable Owned owned) {
        if (owned != null
                && owned.owner() instanceof ai.djl.nn.norm.BatchNorm
                && !owned.parameter().requiresGradient()) {
            throw new AssayException("Tensor (" + name + ") is a statistic of DJL's BatchNorm, which cannot be frozen;"
                    + " dev.assay.model.BatchNorm can and is otherwise the same.");
        }
    }

    private static boolean has(Block block, Class<? extends Block> type) {
        return type.isInstance(block) || block.getChildren().values().stream().anyMatch(child -> has(child, type));
    }
}
