package dev.assay.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.assay.data.Batch;
import dev.assay.engine.Layout;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A DJL block whose inputs and outputs have names. */
final class BlockNetwork implements Network {
    private final Block block;
    private final List<String> inputs;
    private final List<String> outputs;
    private final Optional<Loss> loss;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final Map<String, NDArray> buffers = new LinkedHashMap<>();
    private Optional<ParameterStore> store = Optional.empty();

    BlockNetwork(Block block, List<String> inputs, List<String> outputs, Optional<Loss> loss) {
        this.block = block;
        this.inputs = inputs;
        this.outputs = outputs;
        this.loss = loss;
    }

    @Override
    public List<String> inputs() {
        return inputs;
    }

    @Override
    public List<String> outputs() {
        return outputs;
    }

    @Override
    public void initialize(NDManager memory, Map<String, Shape> examples, Seed seed, DataType type) {
        Shape[] shapes = inputs.stream()
                .map(name -> new Shape(1).addAll(examples.getOrDefault(name, new Shape())))
                .toArray(Shape[]::new);
        Map<String, ParameterNames.Owned> named = ParameterNames.of(block);
        named.forEach((name, owned) -> InitialWeights.choose(name, owned, seed));
        block.initialize(memory, type, shapes);
        ParameterNames.of(block).forEach((name, owned) -> {
            Parameter parameter = owned.parameter();
            (parameter.requiresGradient() ? parameters : buffers).put(name, parameter.getArray());
        });
        store = Optional.of(new ParameterStore(memory, false));
    }

    @Override
    public Map<String, NDArray> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public Map<String, NDArray> buffers() {
        return Collections.unmodifiableMap(buffers);
    }

    @Override
    public Outputs forward(Batch batch, Mode mode) {
        StockBlocks.requireAble(block, mode);
        return CurrentMode.within(mode, () -> run(batch, mode.isUpdatingStatistics()));
    }

    @Override
    public List<String> nodes() {
        return BlockValues.nodes(block);
    }

    @Override
    public Map<String, NDArray> values(Batch batch, Collection<String> wanted) {
        NDList given = new NDList(inputs.stream().map(batch::get).toArray(NDArray[]::new));
        ParameterStore arrays = store.orElseThrow(BlockNetwork::notInitialized);
        return CurrentMode.within(Mode.TEST, () -> BlockValues.of(block, arrays, given, Set.copyOf(wanted)));
    }

    @Override
    public void reset(String tensor, Seed seed) {
        ParameterNames.Owned owned = owned(tensor);
        NDArray array = owned.parameter().getArray();
        try (NDManager scratch = array.getManager().newSubManager();
                NDArray first = InitialWeights.first(tensor, owned, seed, scratch)) {
            Layout.assign(array, first.toByteBuffer());
        }
    }

    @Override
    public boolean freezeStatistics(String buffer, boolean isFrozen) {
        ParameterNames.Owned owned = owned(buffer);
        StockBlocks.requireFreezable(buffer, owned);
        if (!(owned.owner() instanceof BatchNorm norm)) {
            return false;
        }
        boolean before = norm.isFrozen();
        norm.freeze(isFrozen);
        return before;
    }

    private ParameterNames.Owned owned(String tensor) {
        return Objects.requireNonNull(ParameterNames.of(block).get(tensor), tensor);
    }

    private Outputs run(Batch batch, boolean training) {
        NDList given = new NDList(inputs.stream().map(batch::get).toArray(NDArray[]::new));
        NDList returned = block.forward(store.orElseThrow(BlockNetwork::notInitialized), given, training);
        Map<String, NDArray> named = name(returned);
        return new Outputs(
                named, loss.filter(l -> hasArguments(l, named, batch)).map(l -> lossOf(l, named, batch)));
    }

    private Map<String, NDArray> name(NDList returned) {
        if (returned.size() != outputs.size()) {
            throw new AssayException("The block returned " + returned.size() + " arrays, of shapes "
                    + Arrays.toString(returned.getShapes()) + "; the model names " + outputs.size() + " outputs: "
                    + outputs
                    + ".");
        }
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            named.put(outputs.get(i), returned.get(i));
        }
        return named;
    }

    /** Without labels there is no loss, and that is fine: the model may be asked for its outputs only. */
    private static boolean hasArguments(Loss loss, Map<String, NDArray> named, Batch batch) {
        return loss.arguments().stream()
                .allMatch(name -> named.containsKey(name) || batch.names().contains(name));
    }

    private static NDArray lossOf(Loss loss, Map<String, NDArray> named, Batch batch) {
        List<NDArray> values = new ArrayList<>();
        for (String name : loss.arguments()) {
            NDArray output = named.get(name);
            values.add(output == null ? batch.get(name) : output);
        }
        return loss.of(values);
    }

    private static AssayException notInitialized() {
        return new AssayException("The model has no arrays yet; initialize comes before forward.");
    }
}
