package dev.assay.examples.cifar10.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import dev.assay.model.BatchNorm;

/** What the networks are made of. */
final class Layers {
    private Layers() {}

    /** A 3×3 convolution that keeps height and width, batch norm, and a rectifier. */
    static Block unit(int filters) {
        return new SequentialBlock().add(convolution(filters)).add(BatchNorm.rectified());
    }

    /**
     * The same to half the height and width by the maximum, taken before batch norm: the outcome differs for negative scales only, and
     * norm and rectifier have a quarter of the work.
     */
    static Block halvingUnit(int filters) {
        return new SequentialBlock()
                .add(convolution(filters))
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(BatchNorm.rectified());
    }

    private static Block convolution(int filters) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .optBias(false)
                .setFilters(filters)
                .build();
    }
}
