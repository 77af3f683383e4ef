package dev.assay.examples.cifar10.model;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.model.Dropout;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Three convolutions with batch norm, each followed by pooling, and a linear layer. */
@Config
@Kind("small-cnn")
@Doc("Three convolutions, a second or two for some thousand pictures.")
public non-sealed interface SmallCnn extends VisionModel {
    @Doc("Channels of the first convolution; the others have two and four times as many.")
    @Positive @Value.Default
    default int width() {
        return 16;
    }

    @Doc("Part of the values before the linear layer that are left out in training.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double dropout() {
        return 0;
    }

    @Override
    default Block block(int classes) {
        SequentialBlock block = new SequentialBlock()
                .add(Layers.halvingUnit(width()))
                .add(Layers.halvingUnit(2 * width()))
                .add(Layers.unit(4 * width()))
                .add(Pool.globalAvgPool2dBlock())
                .add(Blocks.batchFlattenBlock());
        return (dropout() > 0 ? block.add(new Dropout(dropout())) : block)
                .add(Linear.builder().setUnits(classes).build());
    }
}
