package dev.assay.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import dev.assay.engine.Layout;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * PyTorch's default first values of convolutional and linear layers, drawn in Java, so that they depend on the seed and the parameter's name
 * only: weights and biases uniform in ±1/√(inputs of a unit), which is Kaiming's uniform with a = √5 (He and others 2015). An initializer
 * the author of the block has chosen is kept. Arrays of four dimensions become channels-last.
 */
final class InitialWeights implements Initializer {
    private final String name;
    private final Parameter parameter;
    private final Block owner;
    private final Seed seed;
    private final Initializer given;

    private InitialWeights(String name, ParameterNames.Owned owned, Seed seed) {
        this.name = name;
        this.parameter = owned.parameter();
        this.owner = owned.owner();
        this.seed = seed;
        Initializer initializer = parameter.getInitializer();
        this.given = initializer instanceof InitialWeights chosen ? chosen.given : initializer;
    }

    /** Makes a parameter start this way once it is initialised. */
    static void choose(String name, ParameterNames.Owned owned, Seed seed) {
        owned.parameter().setInitializer(new InitialWeights(name, owned, seed));
    }

    /** The values a parameter starts with, of its shape and type. */
    static NDArray first(String name, ParameterNames.Owned owned, Seed seed, NDManager manager) {
        Parameter parameter = owned.parameter();
        NDArray now = parameter.getArray();
        return new InitialWeights(name, owned, seed).initialize(manager, now.getShape(), now.getDataType());
    }

    /** What bounds the first values of a parameter on either side, where they are drawn here. */
    static Optional<Double> bound(ParameterNames.Owned owned) {
        InitialWeights weights = new InitialWeights("", owned, new Seed(0));
        return weights.isDrawnHere() ? Optional.of(weights.bound()) : Optional.empty();
    }

    @Override
    public NDArray initialize(NDManager manager, Shape shape, DataType type) {
        if (isDrawnHere()) {
            return draw(manager, shape, type);
        }
        NDArray array = given.initialize(manager, shape, type);
        if (shape.dimension() != 4) {
            return array;
        }
        try (array) {
            return Layout.channelsLast(array, manager);
        }
    }

    private boolean isDrawnHere() {
        boolean isDefault = given == parameter.getType().getInitializer();
        return switch (parameter.getType()) {
            case WEIGHT -> isDefault && parameter.getShape().dimension() > 1;
            case BIAS -> isDefault && fanIn() > 0;
            case GAMMA, BETA, RUNNING_MEAN, RUNNING_VAR, OTHER -> false;
        };
    }

    private NDArray draw(NDManager manager, Shape shape, DataType type) {
        double bound = bound();
        RandomStream random = seed.stream("initial weights/" + name);
        double[] values = DoubleStream.generate(() -> (2 * random.nextDouble() - 1) * bound)
                .limit(shape.size())
                .toArray();
        return Layout.create(manager, buffer(values, type), shape, type);
    }

    private double bound() {
        return 1 / Math.sqrt((double) fanIn());
    }

    private static Buffer buffer(double[] values, DataType type) {
        if (type == DataType.FLOAT64) {
            return DoubleBuffer.wrap(values);
        }
        FloatBuffer floats = FloatBuffer.allocate(values.length);
        for (double value : values) {
            floats.put((float) value);
        }
        return floats.flip();
    }

    /** Inputs that one unit of the layer sums over; 0 if the layer has no weight of that kind. */
    private long fanIn() {
        for (Parameter sibling : owner.getDirectParameters().values()) {
            if (sibling.getType() == Parameter.Type.WEIGHT && sibling.getShape().dimension() > 1) {
                return sibling.getShape().size() / sibling.getShape().get(0);
            }
        }
        return 0;
    }
}
