package dev.assay.examples.cifar10.model;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
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

    @Override
    default Block block(int classes) {
        return new SequentialBlock()
                .add(Layers.halvingUnit(width()))
                .add(Layers.halvingUnit(2 * width()))
                .add(Layers.unit(4 * width()))
                .add(Pool.globalAvgPool2dBlock())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(classes).build());
    }
}
