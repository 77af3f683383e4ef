package dev.assay.hook;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.assay.model.BatchNorm;
import dev.assay.model.Dropout;
import dev.assay.model.Losses;
import dev.assay.model.Model;
import dev.assay.training.DataInfo;
import dev.assay.training.Hook;
import dev.assay.training.Networks;
import dev.assay.training.PictureWrapper;
import dev.assay.training.ToyRun;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A network with batch norm and dropout on augmented pictures, with outputs {@code features} and {@code logits}, and hooks of choice. */
final class HookedWrapper extends PictureWrapper {
    private final Supplier<List<Hook>> hooks;

    HookedWrapper(Supplier<List<Hook>> hooks) {
        this.hooks = hooks;
    }

    @Override
    protected Model createModel(ToyRun config, DataInfo info) {
        return model();
    }

    static Model model() {
        return Model.of(new TwoOutputs())
                .input("image")
                .output("features", "logits")
                .loss(Losses.crossEntropy("logits", "label"))
                .build();
    }

    @Override
    protected List<Hook> hooks(ToyRun config) {
        return hooks.get();
    }

    private static final class TwoOutputs extends AbstractBlock {
        private final Block body = addChildBlock(
                "body",
                new SequentialBlock()
                        .add(Networks.convolution(6, false))
                        .add(new BatchNorm())
                        .add(Activation.reluBlock()));
        private final Block head = addChildBlock(
                "head",
                new SequentialBlock()
                        .add(new Dropout(0.3))
                        .add(Blocks.batchFlattenBlock())
                        .add(Linear.builder().setUnits(2).build()));

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
            NDList features = body.forward(store, inputs, training);
            NDList logits = head.forward(store, features, training);
            return new NDList(features.singletonOrThrow(), logits.singletonOrThrow());
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
            body.initialize(manager, type, shapes);
            head.initialize(manager, type, body.getOutputShapes(shapes));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] shapes) {
            Shape[] features = body.getOutputShapes(shapes);
            return new Shape[] {features[0], head.getOutputShapes(features)[0]};
        }
    }
}
