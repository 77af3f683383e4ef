package dev.assay.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.assay.engine.NativeEngine;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A DJL block that is run with arrays it is lent. It is made for the shapes of its inputs once, and not safe for use by several threads. */
public final class LentBlock {
    private final Block block;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final IdentityHashMap<Parameter, String> names = new IdentityHashMap<>();

    /**
     * An array the block needs.
     *
     * @param isTrained whether it is a parameter; otherwise it is kept but not trained
     * @param bound of its first values, which are uniform within ± it, where the author of the block left them to PyTorch's default
     * @param values its first values in row-major order, where there is no bound
     */
    public record Slot(Shape shape, boolean isTrained, Optional<Double> bound, List<Double> values) {
        public Slot {
            values = List.copyOf(values);
        }
    }

    private LentBlock(Block block) {
        this.block = block;
    }

    /**
     * A block, initialised for inputs of these shapes, the batch with them. Starts the engine.
     *
     * @param inputs without unknown dimensions
     */
    public static LentBlock of(Block block, List<Shape> inputs) {
        NativeEngine.version();
        LentBlock lent = new LentBlock(block);
        try (NDManager scratch = NDManager.newBaseManager()) {
            block.initialize(scratch, DataType.FLOAT32, inputs.toArray(Shape[]::new));
            ParameterNames.of(block).forEach(lent::enter);
        }
        return lent;
    }

    /** Its arrays by name, in order; names as those of a model of the block. */
    public Map<String, Slot> slots() {
        return Collections.unmodifiableMap(slots);
    }

    /** Shapes of its outputs. */
    public List<Shape> shapes(List<Shape> inputs) {
        return List.of(block.getOutputShapes(inputs.toArray(Shape[]::new)));
    }

    /**
     * Runs it.
     *
     * @param arrays by the names of {@link #slots}
     * @param isUpdating whether statistics move, which they do not in any mode while they are frozen
     * @throws dev.assay.error.AssayException if a block of DJL's own below does not do what the mode says
     */
    public NDList run(List<NDArray> inputs, Map<String, NDArray> arrays, Mode mode, boolean isUpdating) {
        StockBlocks.requireAble(block, mode);
        ParameterNames.of(block).forEach((name, owned) -> {
            if (owned.owner() instanceof BatchNorm norm) {
                norm.freeze(!isUpdating);
            }
        });
        return CurrentMode.within(
                mode, () -> block.forward(new Lent(arrays), new NDList(inputs), mode.isUpdatingStatistics()));
    }

    private void enter(String name, ParameterNames.Owned owned) {
        Parameter parameter = owned.parameter();
        Optional<Double> bound = InitialWeights.bound(owned);
        List<Double> values = bound.isPresent()
                ? List.of()
                : Arrays.stream(parameter.getArray().toArray())
                        .map(Number::doubleValue)
                        .toList();
        names.put(parameter, name);
        slots.put(name, new Slot(parameter.getShape(), parameter.requiresGradient(), bound, values));
    }

    /** Gives the block the lent arrays in place of its own, which are gone. */
    private final class Lent extends ParameterStore {
        private final Map<String, NDArray> arrays;

        Lent(Map<String, NDArray> arrays) {
            this.arrays = arrays;
        }

        @Override
        public NDArray getValue(Parameter parameter, ai.djl.Device device, boolean training) {
            String name = Objects.requireNonNull(names.get(parameter), "a parameter of the block");
            return Objects.requireNonNull(arrays.get(name), name);
        }
    }
}
