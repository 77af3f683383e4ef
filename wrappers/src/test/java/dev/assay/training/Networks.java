package dev.assay.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.assay.model.BatchNorm;

/** Networks of stock blocks for tests and benchmarks. */
public final class Networks {
    private static final Shape TWO = new Shape(2, 2);

    private Networks() {}

    /** Two linear layers with dropout between, for {@code image} of any shape. */
    public static SequentialBlock perceptron(int classes) {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(16).build())
                .add(Activation.reluBlock())
                .add(Dropout.builder().optRate(0.2f).build())
                .add(Linear.builder().setUnits(classes).build());
    }

    /** The network of the golden training: conv(8, no bias), batch norm, relu, pool, conv(12), relu, global average, linear(10). */
    public static SequentialBlock golden() {
        return new SequentialBlock()
                .add(convolution(8, false))
                .add(norm())
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(TWO, TWO))
                .add(convolution(12, true))
                .add(Activation.reluBlock())
                .add(Pool.globalAvgPool2dBlock())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    /** Eight convolutions with batch norm and two residual connections, for 32×32 pictures; widths w, 2w, 4w, 8w. */
    public static Block resnet9(int width) {
        Shape four = new Shape(4, 4);
        return new SequentialBlock()
                .add(unit(width))
                .add(unit(2 * width))
                .add(Pool.maxPool2dBlock(TWO, TWO))
                .add(new Residual(2 * width))
                .add(unit(4 * width))
                .add(Pool.maxPool2dBlock(TWO, TWO))
                .add(unit(8 * width))
                .add(Pool.maxPool2dBlock(TWO, TWO))
                .add(new Residual(8 * width))
                .add(Pool.maxPool2dBlock(four, four))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).optBias(false).build())
                .addSingleton(logits -> logits.mul(0.125f));
    }

    private static Block unit(int filters) {
        return new SequentialBlock().add(convolution(filters, false)).add(BatchNorm.rectified());
    }

    public static Block convolution(int filters, boolean bias) {
        return Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .optBias(bias)
                .setFilters(filters)
                .build();
    }

    /** DJL's momentum of 0.9 is PyTorch's of 0.1. */
    private static Block norm() {
        return ai.djl.nn.norm.BatchNorm.builder()
                .optEpsilon(1e-5f)
                .optMomentum(0.9f)
                .build();
    }

    private static final class Residual extends AbstractBlock {
        private final Block first;
        private final Block second;

        Residual(int filters) {
            this.first = addChildBlock("first", unit(filters));
            this.second = addChildBlock("second", unit(filters));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
            NDList inner = second.forward(store, first.forward(store, inputs, training), training);
            return new NDList(inputs.singletonOrThrow().add(inner.singletonOrThrow()));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return inputShapes;
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
            first.initialize(manager, type, inputShapes);
            second.initialize(manager, type, inputShapes);
        }
    }
}
