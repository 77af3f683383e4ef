package dev.assay.graph.op;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.assay.model.LentBlock;
import dev.assay.model.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A DJL block as an op, with one output. Its arrays are those of the graph, called as in a model of the block, behind the name of its node. Asking for
 * shapes starts the engine. Equal to those of the same block only; not safe for use by several threads.
 */
public final class BlockOp implements JavaOp {
    private static final long BATCH = -1;

    private final Block block;
    /** By the shapes it is made for. */
    private final Map<List<Shape>, LentBlock> lent = new HashMap<>();

    private BlockOp(Block block) {
        this.block = block;
    }

    /** A block that was not initialised. */
    public static BlockOp of(Block block) {
        return new BlockOp(block);
    }

    @Override
    public String kind() {
        return "block";
    }

    /** @throws ShapeMismatchException if the block has several outputs, or is there for other shapes already */
    @Override
    public Shape shape(List<Shape> inputs) {
        List<Shape> outputs = lent(inputs).shapes(ofOne(inputs));
        if (outputs.size() != 1) {
            throw new ShapeMismatchException("A block in a graph has one output; this one gives " + outputs + ".");
        }
        return new Shape(BATCH).addAll(outputs.get(0).slice(1));
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
        List<Weight> weights = new ArrayList<>();
        lent(inputs)
                .slots()
                .forEach((name, slot) -> weights.add(new Weight(
                        name,
                        slot.shape(),
                        slot.isTrained(),
                        slot.bound()
                                .<FirstValues>map(FirstValues.Uniform::new)
                                .orElseGet(() -> new FirstValues.Given(slot.values())))));
        return weights;
    }

    @Override
    public NDArray run(List<NDArray> inputs, Map<String, NDArray> weights, Mode mode, boolean isUpdating) {
        NDList outputs = lent.values().iterator().next().run(inputs, weights, mode, isUpdating);
        return outputs.singletonOrThrow();
    }

    private LentBlock lent(List<Shape> inputs) {
        if (!lent.isEmpty() && !lent.containsKey(inputs)) {
            throw new ShapeMismatchException("The block is there for inputs of "
                    + lent.keySet().iterator().next() + " and cannot take others, " + inputs
                    + ".\nMaybe each node needs a block of its own.");
        }
        return lent.computeIfAbsent(List.copyOf(inputs), shapes -> LentBlock.of(block, ofOne(shapes)));
    }

    private static List<Shape> ofOne(List<Shape> inputs) {
        return inputs.stream().map(shape -> new Shape(1).addAll(shape.slice(1))).toList();
    }
}
