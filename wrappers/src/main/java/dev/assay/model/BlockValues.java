package dev.assay.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import dev.assay.error.AssayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values within a sequence of blocks. A block that is no sequence itself is a node, whose name is its positions on the way, joined by dots as those
 * of its parameters are: {@code 2.0}.
 */
final class BlockValues {
    private final ParameterStore store;
    private final Set<String> wanted;
    private final Map<String, NDArray> found = new LinkedHashMap<>();

    private BlockValues(ParameterStore store, Set<String> wanted) {
        this.store = store;
        this.wanted = wanted;
    }

    /**
     * Names of the nodes, in order.
     *
     * @throws AssayException if the block is no sequence
     */
    static List<String> nodes(Block block) {
        if (!(block instanceof SequentialBlock)) {
            throw new AssayException("A model of a " + block.getClass().getName()
                    + " has no values that can be asked for; a sequence of blocks has.\nMaybe make it a graph.");
        }
        List<String> names = new ArrayList<>();
        collect("", block, names);
        return names;
    }

    private static void collect(String path, Block block, List<String> names) {
        List<Block> children = block.getChildren().values();
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof SequentialBlock) {
                collect(path + i + ".", children.get(i), names);
            } else {
                names.add(path + i);
            }
        }
    }

    /** Runs the block as far as is needed for the values of some nodes. */
    static Map<String, NDArray> of(Block block, ParameterStore store, NDList inputs, Set<String> wanted) {
        BlockValues values = new BlockValues(store, wanted);
        values.run("", block, inputs);
        return values.found;
    }

    private NDList run(String path, Block block, NDList inputs) {
        NDList current = inputs;
        List<Block> children = block.getChildren().values();
        for (int i = 0; i < children.size() && found.size() < wanted.size(); i++) {
            String name = path + i;
            current = children.get(i) instanceof SequentialBlock
                    ? run(name + ".", children.get(i), current)
                    : children.get(i).forward(store, current, false);
            if (wanted.contains(name)) {
                found.put(name, current.singletonOrThrow());
            }
        }
        return current;
    }
}
