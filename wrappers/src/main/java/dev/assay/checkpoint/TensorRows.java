package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.ElementType;
import dev.assay.error.AssayException;
import dev.assay.store.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes tensors some rows at a time to a file of the safetensors format, whose header tells all sizes before the first value. Never more than the rows
 * at hand is in memory. Values are stored as 32-bit floats. For one thread.
 */
public final class TensorRows {
    private static final ElementType TYPE = ElementType.FLOAT32;

    private final FileChannel channel;
    private final Path file;
    private final Header header;
    private final Map<String, Long> written = new LinkedHashMap<>();

    private TensorRows(FileChannel channel, Path file, Header header) {
        this.channel = channel;
        this.file = file;
        this.header = header;
    }

    /** What brings the rows. */
    @FunctionalInterface
    public interface Source {
        void writeTo(TensorRows rows) throws IOException;
    }

    /**
     * Writes a file as a whole or not at all.
     *
     * @param shapes of the whole tensors by name, the rows first
     * @throws AssayException if {@code source} brings fewer rows than there are
     */
    public static void write(Path file, Map<String, Shape> shapes, Source source) throws IOException {
        AtomicFile.write(file, channel -> {
            long start = Safetensors.writeHeader(channel, layout(shapes));
            TensorRows rows =
                    new TensorRows(channel, file, new Header(layout(shapes).entries(), start));
            source.writeTo(rows);
            rows.requireComplete();
        });
    }

    /**
     * Writes the next rows of some tensors.
     *
     * @throws AssayException if there is no such tensor, its rows are of another shape, or it has no room for as many
     */
    public void append(Map<String, NDArray> rows) throws IOException {
        for (Map.Entry<String, NDArray> each : rows.entrySet()) {
            append(each.getKey(), each.getValue());
        }
    }

    private void append(String name, NDArray rows) throws IOException {
        Header.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new AssayException("The file (" + file + ") has no tensor (" + name + "); it has "
                    + header.entries().keySet() + ".");
        }
        long before = written.getOrDefault(name, 0L);
        long after = before + rows.getShape().get(0);
        if (!rows.getShape().slice(1).equals(entry.shape().slice(1))
                || after > entry.shape().get(0)) {
            throw new AssayException("Tensor (" + name + ") of the file (" + file + ") has shape " + entry.shape()
                    + ", " + before + " rows of it written; rows of shape " + rows.getShape() + " do not fit.");
        }
        long rowBytes =
                entry.shape().get(0) == 0 ? 0 : entry.length() / entry.shape().get(0);
        writeAt(header.dataStart() + entry.begin() + before * rowBytes, floats(rows));
        written.put(name, after);
    }

    private void writeAt(long position, ByteBuffer bytes) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private void requireComplete() {
        header.entries().forEach((name, entry) -> {
            long rows = written.getOrDefault(name, 0L);
            if (rows != entry.shape().get(0)) {
                throw new AssayException("Tensor (" + name + ") of the file (" + file + ") should have "
                        + entry.shape().get(0) + " rows; " + rows + " were written.");
            }
        });
    }

    private static ByteBuffer floats(NDArray rows) {
        if (rows.getDataType() == DataType.FLOAT32) {
            return rows.toByteBuffer();
        }
        try (NDArray floats = rows.toType(DataType.FLOAT32, true)) {
            return floats.toByteBuffer();
        }
    }

    private static Header layout(Map<String, Shape> shapes) {
        SortedMap<String, Header.Entry> entries = new TreeMap<>();
        long position = 0;
        for (String name : new TreeMap<>(shapes).keySet()) {
            Shape shape = Objects.requireNonNull(shapes.get(name));
            long end = position + shape.size() * TYPE.bytes();
            entries.put(name, new Header.Entry(TYPE, shape, position, end));
            position = end;
        }
        return new Header(entries, 0);
    }
}
