package dev.assay.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.checkpoint.Safetensors;
import dev.assay.engine.ElementType;
import dev.assay.error.AssayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named arrays in memory as a partition, such as those an earlier trial wrote; the first dimension of each is the example. A training pass
 * shuffles them by the stream {@code ("order", epoch)} of its seed, as {@link ImagePartition} does; an evaluation pass has them as stored.
 * Arrays whose examples have three dimensions, (channels, height, width), come channels-last. Immutable.
 */
public final class ArrayPartition implements Partition {
    private final int size;
    private final SortedMap<String, Rows> arrays;
    private final List<String> classes;

    private ArrayPartition(int size, SortedMap<String, Rows> arrays, List<String> classes) {
        this.size = size;
        this.arrays = arrays;
        this.classes = classes;
    }

    /** Begins a partition of arrays given one by one. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Copies of arrays.
     *
     * @throws AssayException if there are none or they have different numbers of examples
     */
    public static ArrayPartition copyOf(Map<String, NDArray> arrays) {
        Builder builder = builder();
        new TreeMap<>(arrays).forEach(builder::add);
        return builder.build();
    }

    /**
     * All arrays of a safetensors file, as {@link Safetensors#write} makes it.
     *
     * @throws IOException if the file cannot be read
     * @throws dev.assay.checkpoint.CorruptFileException if it is not what it claims to be
     * @throws AssayException if it holds no arrays, or they have different numbers of examples, or a type the engine cannot hold
     */
    public static ArrayPartition read(Path file) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            return copyOf(Safetensors.read(file, manager));
        }
    }

    /** These arrays, of which {@code label} means these classes. */
    public ArrayPartition withClasses(List<String> names) {
        return new ArrayPartition(size, arrays, List.copyOf(names));
    }

    /**
     * The examples with these numbers, in this order.
     *
     * @throws IndexOutOfBoundsException if a number is not that of an example
     */
    public ArrayPartition select(int... examples) {
        SortedMap<String, Rows> selected = new TreeMap<>();
        arrays.forEach((name, rows) -> selected.put(name, rows.select(examples)));
        return new ArrayPartition(examples.length, selected, classes);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new TreeMap<>();
        arrays.forEach((name, rows) -> shapes.put(name, rows.shape()));
        return Collections.unmodifiableMap(shapes);
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public BatchStream batches(Pass pass) {
        return new ArrayBatchStream(arrays, new PassOrder(pass, size));
    }

    SortedMap<String, Rows> arrays() {
        return arrays;
    }

    /** Arrays being put together. Used once. */
    public static final class Builder {
        private final SortedMap<String, Rows> arrays = new TreeMap<>();

        private Builder() {}

        /**
         * Adds float32 values.
         *
         * @param example shape of one example
         * @param values of all examples, one after the other, each in row-major order
         */
        public Builder floats(String name, Shape example, float... values) {
            ByteBuffer bytes = room((long) values.length * Float.BYTES);
            bytes.asFloatBuffer().put(values);
            return put(name, ElementType.FLOAT32, example, bytes);
        }

        /** Adds int64 values, such as labels, in the same way. */
        public Builder longs(String name, Shape example, long... values) {
            ByteBuffer bytes = room((long) values.length * Long.BYTES);
            bytes.asLongBuffer().put(values);
            return put(name, ElementType.INT64, example, bytes);
        }

        /** Adds uint8 values in the same way. */
        public Builder bytes(String name, Shape example, byte... values) {
            return put(name, ElementType.UINT8, example, room(values.length).put(0, values));
        }

        /** Adds a copy of an array of any type the engine can hold, whose first dimension is the example. */
        public Builder add(String name, NDArray array) {
            if (array.getShape().dimension() == 0) {
                throw new AssayException("Array (" + name + ") is a scalar; its first dimension must be the example.");
            }
            ByteBuffer values = array.toByteBuffer();
            ByteBuffer bytes = room(values.remaining()).put(0, values, values.position(), values.remaining());
            return put(
                    name,
                    ElementType.from(array.getDataType()),
                    array.getShape().slice(1),
                    bytes);
        }

        /**
         * The partition.
         *
         * @throws AssayException if there is no array, or the arrays have different numbers of examples
         */
        public ArrayPartition build() {
            Map<String, Integer> sizes = new TreeMap<>();
            arrays.forEach((name, rows) -> sizes.put(name, rows.size()));
            if (sizes.values().stream().distinct().count() != 1) {
                throw new AssayException("The arrays have numbers of examples " + sizes
                        + "; there must be at least one array and all must have the same number.");
            }
            return new ArrayPartition(sizes.values().iterator().next(), new TreeMap<>(arrays), List.of());
        }

        private Builder put(String name, ElementType type, Shape example, ByteBuffer bytes) {
            if (arrays.put(name, Rows.of(name, type, example, bytes)) != null) {
                throw new AssayException("There is an array (" + name + ") already.");
            }
            return this;
        }

        private static ByteBuffer room(long bytes) {
            return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
        }
    }

    /**
     * One array by examples. Examples of three dimensions lie with their channels last.
     *
     * @param shape of one example, channels first
     */
    record Rows(ElementType type, Shape shape, ByteBuffer bytes) {

        static Rows of(String name, ElementType type, Shape shape, ByteBuffer rowMajor) {
            long each = shape.size() * type.bytes();
            if (each == 0 || rowMajor.capacity() % each != 0) {
                throw new AssayException("Array (" + name + ") has " + rowMajor.capacity() / type.bytes()
                        + " values; examples of shape " + shape + " need a multiple of " + shape.size() + ".");
            }
            return new Rows(type, shape, shape.dimension() == 3 ? channelsLast(type, shape, rowMajor) : rowMajor);
        }

        int size() {
            return bytes.capacity() / rowBytes();
        }

        /** Bytes of one example. */
        int rowBytes() {
            return Math.toIntExact(shape.size() * type.bytes());
        }

        Rows select(int... examples) {
            ByteBuffer selected = ByteBuffer.allocate(Math.multiplyExact(examples.length, rowBytes()))
                    .order(ByteOrder.nativeOrder());
            for (int i = 0; i < examples.length; i++) {
                selected.put(i * rowBytes(), bytes, Math.multiplyExact(examples[i], rowBytes()), rowBytes());
            }
            return new Rows(type, shape, selected);
        }

        /** The first {@code examples} of some memory as an array. */
        NDArray lend(NDManager scope, ByteBuffer memory, int examples) {
            ByteBuffer first = AlignedMemory.first(memory, examples * rowBytes());
            if (shape.dimension() != 3) {
                return scope.create(first, new Shape(examples).addAll(shape), type.dataType());
            }
            Shape stored = new Shape(examples, shape.get(1), shape.get(2), shape.get(0));
            return scope.create(first, stored, type.dataType()).transpose(0, 3, 1, 2);
        }

        private static ByteBuffer channelsLast(ElementType type, Shape shape, ByteBuffer first) {
            int width = type.bytes();
            int channels = (int) shape.get(0);
            int plane = (int) (shape.get(1) * shape.get(2));
            int each = channels * plane;
            ByteBuffer last = ByteBuffer.allocate(first.capacity()).order(ByteOrder.nativeOrder());
            for (int value = 0; value < first.capacity() / width; value++) {
                int within = value % each;
                int target = value - within + within % plane * channels + within / plane;
                last.put(target * width, first, value * width, width);
            }
            return last;
        }
    }
}
