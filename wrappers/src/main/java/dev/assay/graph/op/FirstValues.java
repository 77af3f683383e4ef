package dev.assay.graph.op;

import dev.assay.random.RandomStream;
import java.util.List;
import java.util.function.DoubleSupplier;

/** How the first values of an array are drawn. */
public sealed interface FirstValues {

    /** That many values, in row-major order. */
    double[] draw(int count, RandomStream random);

    /** Uniform between {@code -bound} and {@code bound}. */
    record Uniform(double bound) implements FirstValues {
        @Override
        public double[] draw(int count, RandomStream random) {
            return filled(count, () -> (2 * random.nextDouble() - 1) * bound);
        }
    }

    /** Normal about zero. */
    record Normal(double deviation) implements FirstValues {
        @Override
        public double[] draw(int count, RandomStream random) {
            return filled(count, () -> deviation * random.nextGaussian());
        }
    }

    /** All the same. */
    record Constant(double value) implements FirstValues {
        @Override
        public double[] draw(int count, RandomStream random) {
            return filled(count, () -> value);
        }
    }

    /** One where row and column of a matrix are the same, zero elsewhere. */
    record Identity(int columns) implements FirstValues {
        @Override
        public double[] draw(int count, RandomStream random) {
            double[] values = new double[count];
            for (int i = 0; i < Math.min(columns, count / columns); i++) {
                values[i * columns + i] = 1;
            }
            return values;
        }
    }

    /** These and no others. */
    record Given(List<Double> values) implements FirstValues {
        public Given {
            values = List.copyOf(values);
        }

        @Override
        public double[] draw(int count, RandomStream random) {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /**
     * PyTorch's default for weights and biases of layers that sum over {@code inputs} values: uniform in ±1/√inputs, which is Kaiming's uniform
     * with a = √5 (He and others 2015).
     */
    static FirstValues kaiming(long inputs) {
        return new Uniform(1 / Math.sqrt((double) inputs));
    }

    /** Uniform as Glorot and Bengio 2010, {@code torch.nn.init.xavier_uniform_}. */
    static FirstValues xavier(long inputs, long outputs) {
        return new Uniform(Math.sqrt(6.0 / (inputs + outputs)));
    }

    static FirstValues zeros() {
        return new Constant(0);
    }

    static FirstValues ones() {
        return new Constant(1);
    }

    /** In order; a stream of unknown length takes several times as long. */
    private static double[] filled(int count, DoubleSupplier next) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = next.getAsDouble();
        }
        return values;
    }
}
