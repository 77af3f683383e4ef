package dev.assay.activation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.assay.checkpoint.TensorFile;
import dev.assay.checkpoint.TensorRows;
import dev.assay.error.AssayException;
import dev.assay.similarity.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Values of a network's nodes over a partition in a file of the safetensors format: a tensor of 32-bit floats for each node, its first dimension the
 * example, in the order of the partition. Written and read a batch at a time, so it may be larger than memory. Safe for use by several threads.
 */
public final class ActivationFile implements AutoCloseable {
    private final TensorFile tensors;
    private final Path file;
    private final long examples;

    private ActivationFile(TensorFile tensors, Path file, long examples) {
        this.tensors = tensors;
        this.file = file;
        this.examples = examples;
    }

    /** What brings the values. */
    @FunctionalInterface
    public interface Source {
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes the values of the next examples, by node. */
    @FunctionalInterface
    public interface Sink {
        void add(Map<String, NDArray> batch) throws IOException;
    }

    /**
     * Writes a file as a whole or not at all.
     *
     * @param shapes of one example by node, without the batch dimension
     * @param examples how many there will be
     * @throws AssayException if {@code source} brings other shapes, or more or fewer examples
     */
    public static void write(Path file, Map<String, Shape> shapes, long examples, Source source) throws IOException {
        Map<String, Shape> whole = new LinkedHashMap<>();
        shapes.forEach((node, shape) -> whole.put(node, new Shape(examples).addAll(shape)));
        TensorRows.write(file, whole, rows -> source.writeTo(rows::append));
    }

    /**
     * Opens a file.
     *
     * @throws dev.assay.checkpoint.CorruptFileException if it is not what it claims to be
     * @throws AssayException if its tensors are not of the same examples
     */
    public static ActivationFile open(Path file) throws IOException {
        TensorFile tensors = TensorFile.open(file);
        try {
            return new ActivationFile(tensors, file, examples(tensors.shapes(), file));
        } catch (RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    /** Shape of one example by node, without the batch dimension. */
    public Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        tensors.shapes().forEach((node, shape) -> shapes.put(node, shape.slice(1)));
        return shapes;
    }

    public long examples() {
        return examples;
    }

    /**
     * Reads all examples in order, in as few batches of at most {@code batchSize} as there can be, of about the same size: a last one of a few examples
     * only would not do for CKA by batches.
     *
     * @throws AssayException if there is no such node
     */
    public void forEachBatch(Collection<String> nodes, Units units, int batchSize, Consumer<Map<String, Matrix>> reader)
            throws IOException {
        Set<String> wanted = new LinkedHashSet<>(nodes);
        requireNodes(wanted);
        int size = evenBatch(examples, batchSize);
        for (long from = 0; from < examples; from += size) {
            int count = (int) Math.min(size, examples - from);
            Map<String, Matrix> batch = new LinkedHashMap<>();
            for (String node : wanted) {
                Shape shape = new Shape(count).addAll(Objects.requireNonNull(shapes().get(node)));
                batch.put(node, units.of(tensors.rows(node, from, count), shape));
            }
            reader.accept(batch);
        }
    }

    /** The same of one node. */
    public void forEachBatch(String node, Units units, int batchSize, Consumer<Matrix> reader) throws IOException {
        forEachBatch(List.of(node), units, batchSize, batch -> reader.accept(Objects.requireNonNull(batch.get(node))));
    }

    /**
     * The size of batches that are as few as there can be and, but for the last, all of one size; the last is little smaller.
     *
     * @param most examples in a batch
     * @throws AssayException if that is not positive
     */
    public static int evenBatch(long examples, int most) {
        if (most < 1) {
            throw new AssayException("The batch size (" + most + ") must be positive.");
        }
        long batches = Math.max(1, (examples + most - 1) / most);
        return (int) Math.max(1, (examples + batches - 1) / batches);
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }

    private void requireNodes(Set<String> wanted) {
        List<String> missing = new ArrayList<>(wanted);
        missing.removeAll(tensors.shapes().keySet());
        if (!missing.isEmpty()) {
            throw new AssayException("The file (" + file + ") has no nodes " + missing + "; it has "
                    + tensors.shapes().keySet() + ".");
        }
    }

    private static long examples(Map<String, Shape> shapes, Path file) {
        List<Long> counts = shapes.values().stream()
                .map(shape -> shape.dimension() == 0 ? -1 : shape.get(0))
                .distinct()
                .toList();
        if (counts.size() != 1 || counts.get(0) < 0) {
            throw new AssayException("The tensors of a file of activations must be of the same examples; those of ("
                    + file + ") have shapes " + shapes + ".");
        }
        return counts.get(0);
    }
}
