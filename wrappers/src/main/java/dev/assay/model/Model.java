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
import dev.assay.engine.Autograd;
import dev.assay.engine.Layout;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A DJL block with named inputs, named outputs and, optionally, a loss:
 *
 * <pre>{@code
 * Model.of(block).input("image").output("logits").loss(Losses.crossEntropy("logits", "label")).build()
 * }</pre>
 *
 * <p>Inputs are arrays of the batch, given to the block in that order; outputs are what the block returns, in that order. Its arrays are
 * there after {@link #initialize} and belong to the manager given there. Not safe for use by several threads.
 */
public final class Model {
    private final Block block;
    private final List<String> inputs;
    private final List<String> outputs;
    private final Optional<Loss> loss;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final Map<String, NDArray> buffers = new LinkedHashMap<>();
    private Optional<ParameterStore> store = Optional.empty();
    private long statisticsRuns;

    private Model(Builder builder) {
        this.block = builder.block;
        this.inputs = List.copyOf(builder.inputs);
        this.outputs = List.copyOf(builder.outputs);
        this.loss = builder.loss;
    }

    /** Begins the description of a model. */
    public static Builder of(Block block) {
        return new Builder(block);
    }

    /** Names a block's inputs and outputs. */
    public static final class Builder {
        private final Block block;
        private final Set<String> inputs = new LinkedHashSet<>();
        private final Set<String> outputs = new LinkedHashSet<>();
        private Optional<Loss> loss = Optional.empty();

        private Builder(Block block) {
            this.block = block;
        }

        /** Names of arrays of the batch, in the order of the block's inputs. */
        public Builder input(String... names) {
            inputs.addAll(Arrays.asList(names));
            return this;
        }

        /** Names for what the block returns, in its order. */
        public Builder output(String... names) {
            outputs.addAll(Arrays.asList(names));
            return this;
        }

        public Builder loss(Loss newLoss) {
            loss = Optional.of(newLoss);
            return this;
        }

        /**
         * The model, without arrays yet.
         *
         * @throws AssayException if it has no input or no output
         */
        public Model build() {
            if (inputs.isEmpty() || outputs.isEmpty()) {
                throw new AssayException("A model has inputs " + inputs + " and outputs " + outputs
                        + "; it needs at least one of each.");
            }
            return new Model(this);
        }
    }

    /**
     * Gives the model its first arrays.
     *
     * @param memory owns the arrays; must outlive the model
     * @param examples shape of one example by name, without the batch dimension
     * @throws AssayException if an input is not among {@code examples}
     */
    public void initialize(NDManager memory, Map<String, Shape> examples, Seed seed) {
        initialize(memory, examples, seed, DataType.FLOAT32);
    }

    void initialize(NDManager memory, Map<String, Shape> examples, Seed seed, DataType type) {
        requireInputs(examples.keySet());
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

    /** The network itself. */
    public Block block() {
        return block;
    }

    /** What is trained, by name, in the order of the network. */
    public Map<String, NDArray> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** What is kept but not trained, such as the statistics of batch norm, by name. */
    public Map<String, NDArray> buffers() {
        return Collections.unmodifiableMap(buffers);
    }

    /** Parameters and buffers by name: all that the model has learned. */
    public Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new LinkedHashMap<>(parameters);
        tensors.putAll(buffers);
        return tensors;
    }

    /**
     * Takes over the values of all tensors.
     *
     * @throws AssayException if names or shapes are not those of {@link #tensors}
     */
    public void load(Map<String, NDArray> values) {
        Map<String, NDArray> tensors = tensors();
        if (!tensors.keySet().equals(values.keySet())) {
            throw new AssayException("The model has tensors " + tensors.keySet() + "; those to load are "
                    + values.keySet() + ".\nMaybe they are of another model.");
        }
        tensors.forEach((name, tensor) -> assign(name, tensor, Objects.requireNonNull(values.get(name))));
    }

    /**
     * Runs the model.
     *
     * @throws AssayException if the batch lacks an input, or the block returns another number of arrays than there are output names
     */
    public Outputs forward(Batch batch, Mode mode) {
        StockBlocks.requireAble(block, mode);
        statisticsRuns += mode.isUpdatingStatistics() ? 1 : 0;
        Supplier<Outputs> body = () -> CurrentMode.within(mode, () -> run(batch, mode.isUpdatingStatistics()));
        return mode.isRecording() ? Autograd.recording(body) : Autograd.notRecording(body);
    }

    /** How often it was run in a mode that moves statistics: where this has not changed, neither have they. */
    public long statisticsRuns() {
        return statisticsRuns;
    }

    /** Gradients that are there, by the name of their parameter; themselves and no copies. What is frozen has none. */
    public Map<String, NDArray> gradients(NDManager owner) {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            if (parameter.hasGradient()) {
                Autograd.gradient(parameter, owner).ifPresent(gradient -> gradients.put(name, gradient));
            }
        });
        return gradients;
    }

    /**
     * Keeps tensors from changing in training until the result is closed: parameters get no gradients, and a {@link BatchNorm} whose
     * statistics are meant normalises by them and leaves them alone.
     *
     * @param pattern over the names of {@link #tensors}
     * @throws AssayException if nothing matches, or statistics of DJL's own batch norm do
     */
    public Frozen freeze(String pattern) {
        Set<String> names =
                new LinkedHashSet<>(NamePattern.parse(pattern).among(tensors().keySet()));
        Map<String, ParameterNames.Owned> owned = ParameterNames.of(block);
        names.forEach(name -> StockBlocks.requireFreezable(name, owned.get(name)));
        Frozen frozen = new Frozen(names);
        names.forEach(name -> {
            NDArray parameter = parameters.get(name);
            if (parameter != null) {
                frozen.add(parameter);
            } else if (Objects.requireNonNull(owned.get(name)).owner() instanceof BatchNorm norm) {
                frozen.add(norm);
            }
        });
        return frozen;
    }

    /**
     * Gives tensors the values they would have at the start of a training with that seed.
     *
     * @param pattern over the names of {@link #tensors}
     * @throws AssayException if nothing matches
     */
    public void reset(String pattern, Seed seed) {
        Map<String, ParameterNames.Owned> owned = ParameterNames.of(block);
        for (String name : NamePattern.parse(pattern).among(tensors().keySet())) {
            NDArray tensor = Objects.requireNonNull(tensors().get(name));
            ParameterNames.Owned parameter = Objects.requireNonNull(owned.get(name));
            try (NDManager scratch = tensor.getManager().newSubManager();
                    NDArray first = InitialWeights.first(name, parameter, seed, scratch)) {
                Layout.assign(tensor, first.toByteBuffer());
            }
        }
    }

    private Outputs run(Batch batch, boolean training) {
        requireInputs(batch.names());
        NDList given = new NDList(inputs.stream().map(batch::get).toArray(NDArray[]::new));
        NDList returned = block.forward(store.orElseThrow(Model::notInitialized), given, training);
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

    private void requireInputs(Collection<String> there) {
        if (!there.containsAll(inputs)) {
            throw new AssayException("The model has inputs " + inputs + "; the batch has arrays "
                    + new ArrayList<>(there) + ".\nMaybe createModel and createDatasets use different names.");
        }
    }

    private static void assign(String name, NDArray tensor, NDArray value) {
        if (!tensor.getShape().equals(value.getShape()) || tensor.getDataType() != value.getDataType()) {
            throw new AssayException("Tensor (" + name + ") of the model is " + tensor.getDataType() + " "
                    + tensor.getShape() + "; the one to load is " + value.getDataType() + " " + value.getShape() + ".");
        }
        Layout.assign(tensor, value.toByteBuffer());
    }

    private static AssayException notInitialized() {
        return new AssayException("The model has no arrays yet; initialize comes before forward.");
    }
}
