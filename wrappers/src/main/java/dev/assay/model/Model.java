package dev.assay.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.Layout;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A network and what is done with it: a graph ({@code Graph.toModel()}), or a DJL block with named inputs, named outputs and, optionally, a loss:
 *
 * <pre>{@code
 * Model.of(block).input("image").output("logits").loss(Losses.crossEntropy("logits", "label")).build()
 * }</pre>
 *
 * <p>Inputs of a block are arrays of the batch, given to it in that order; outputs are what it returns, in that order. The arrays of a model are
 * there after {@link #initialize} and belong to the manager given there. Not safe for use by several threads.
 */
public final class Model {
    private final Network network;
    private long statisticsRuns;

    private Model(Network network) {
        this.network = network;
    }

    /** The model of a network. */
    public static Model of(Network network) {
        return new Model(network);
    }

    /** Begins the description of a model of a block. */
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
            return new Model(new BlockNetwork(block, List.copyOf(inputs), List.copyOf(outputs), loss));
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
        network.initialize(memory, examples, seed, type);
    }

    /** Names of what {@link #forward} gives. */
    public List<String> outputs() {
        return network.outputs();
    }

    /** What it computes with. */
    public Network network() {
        return network;
    }

    /** What is trained, by name, in the order of the network. */
    public Map<String, NDArray> parameters() {
        return network.parameters();
    }

    /** What is kept but not trained, such as the statistics of batch norm, by name. */
    public Map<String, NDArray> buffers() {
        return network.buffers();
    }

    /** Parameters and buffers by name: all that the model has learned. */
    public Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new LinkedHashMap<>(parameters());
        tensors.putAll(buffers());
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
        requireInputs(batch.names());
        statisticsRuns += mode.isUpdatingStatistics() ? 1 : 0;
        Supplier<Outputs> body = () -> network.forward(batch, mode);
        return mode.isRecording() ? Autograd.recording(body) : Autograd.notRecording(body);
    }

    /** How often it was run in a mode that moves statistics: where this has not changed, neither have they. */
    public long statisticsRuns() {
        return statisticsRuns;
    }

    /**
     * Names of the values within, which {@link #values} gives.
     *
     * @throws AssayException if it has none that can be asked for
     */
    public List<String> nodes() {
        return network.nodes();
    }

    /**
     * Values within, by name in the order of the model; nothing that comes after the last of them is computed. Nothing is recorded for gradients, and
     * nothing learns.
     *
     * @param wanted some of {@link #nodes}
     * @throws AssayException if there is no such node, or the batch lacks an input
     */
    public Map<String, NDArray> values(Batch batch, Collection<String> wanted) {
        if (!nodes().containsAll(wanted)) {
            throw new AssayException(
                    "The model has nodes " + nodes() + "; asked for are " + new ArrayList<>(wanted) + ".");
        }
        requireInputs(batch.names());
        return Autograd.notRecording(() -> network.values(batch, wanted));
    }

    /** Gradients that are there, by the name of their parameter; themselves and no copies. What is frozen has none. */
    public Map<String, NDArray> gradients(NDManager owner) {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        parameters().forEach((name, parameter) -> {
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
        return freeze(NamePattern.parse(pattern).among(tensors().keySet()));
    }

    /**
     * The same for tensors by their names.
     *
     * @param tensors some of {@link #tensors}, or none
     * @throws AssayException if statistics of DJL's own batch norm are among them
     */
    public Frozen freeze(Collection<String> tensors) {
        Set<String> names = new LinkedHashSet<>(tensors);
        Frozen frozen = new Frozen(names, network);
        try {
            names.forEach(name -> freeze(name, frozen));
        } catch (AssayException e) {
            frozen.close();
            throw e;
        }
        return frozen;
    }

    /**
     * Gives tensors back, when the result is closed, the values they have now, whatever was done to them: to try something out, such as
     * {@link #reset}.
     *
     * @param pattern over the names of {@link #tensors}
     * @throws AssayException if nothing matches
     */
    public Restored restoring(String pattern) {
        Map<String, NDArray> tensors = tensors();
        List<String> names = NamePattern.parse(pattern).among(tensors.keySet());
        tensors.keySet().retainAll(names);
        return new Restored(tensors);
    }

    /**
     * Gives tensors the values they would have at the start of a training with that seed.
     *
     * @param pattern over the names of {@link #tensors}
     * @throws AssayException if nothing matches
     */
    public void reset(String pattern, Seed seed) {
        NamePattern.parse(pattern).among(tensors().keySet()).forEach(name -> network.reset(name, seed));
    }

    private void freeze(String name, Frozen frozen) {
        NDArray parameter = parameters().get(name);
        if (parameter != null) {
            frozen.add(parameter);
        } else {
            frozen.addStatistics(name);
        }
    }

    private void requireInputs(Collection<String> there) {
        if (!there.containsAll(network.inputs())) {
            throw new AssayException("The model has inputs " + network.inputs() + "; the batch has arrays "
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
}
