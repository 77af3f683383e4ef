package dev.assay.examples.cifar10.model;

import ai.djl.ndarray.types.Shape;
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

/**
 * Eight convolutions with batch norm, two residual connections and a linear layer, after Page 2018, "How to train your ResNet", whose network
 * has width 64.
 */
@Config
@Kind("resnet9")
@Doc("Eight convolutions and two residual connections.")
public non-sealed interface ResNet9 extends VisionModel {
    @Doc("Channels of the first convolution; the last has eight times as many.")
    @Positive @Value.Default
    default int width() {
        return 16;
    }

    @Doc("What the scores are multiplied by.")
    @Positive @Value.Default
    default double scale() {
        return 0.125;
    }

    @Override
    default Block block(int classes) {
        float factor = (float) scale();
        return new SequentialBlock()
                .add(Layers.unit(width()))
                .add(Layers.halvingUnit(2 * width()))
                .add(new Residual(2 * width()))
                .add(Layers.halvingUnit(4 * width()))
                .add(Layers.halvingUnit(8 * width()))
                .add(new Residual(8 * width()))
                .add(Pool.maxPool2dBlock(new Shape(4, 4), new Shape(4, 4)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(classes).optBias(false).build())
                .addSingleton(scores -> scores.mul(factor));
    }
}
