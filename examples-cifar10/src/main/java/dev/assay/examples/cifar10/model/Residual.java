package dev.assay.examples.cifar10.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Two units one after the other, whose outcome is added to what went in. */
final class Residual extends AbstractBlock {
    private final Block first;
    private final Block second;

    Residual(int filters) {
        this.first = addChildBlock("first", Layers.unit(filters));
        this.second = addChildBlock("second", Layers.unit(filters));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
        NDArray inner = second.forward(store, first.forward(store, inputs, training), training)
                .singletonOrThrow();
        return new NDList(inputs.singletonOrThrow().add(inner));
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
