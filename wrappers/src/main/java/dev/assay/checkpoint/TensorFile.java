package dev.assay.checkpoint;

import ai.djl.ndarray.types.Shape;
import dev.assay.engine.ElementType;
import dev.assay.error.AssayException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/** An open file of the safetensors format, read some rows at a time and without the native engine. Safe for use by several threads. */
public final class TensorFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final Header header;

    private TensorFile(Path file, FileChannel channel, Header header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
    }

    /**
     * Opens a file.
     *
     * @throws CorruptFileException if it is not what it claims to be
     */
    public static TensorFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new TensorFile(file, channel, Header.read(channel, file));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Shapes of its tensors by name. */
    public Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new TreeMap<>();
        header.entries().forEach((name, entry) -> shapes.put(name, entry.shape()));
        return shapes;
    }

    /**
     * Rows of a tensor of 32-bit floats, in row-major order.
     *
     * @param from the first of them, from 0
     * @throws AssayException if there is no such tensor, it is of another type, or has not as many rows
     */
    public FloatBuffer rows(String name, long from, int count) throws IOException {
        Header.Entry entry = header.entries().get(name);
        if (entry == null
                || entry.type() != ElementType.FLOAT32
                || entry.shape().dimension() == 0) {
            throw new AssayException("The file (" + file + ") has no tensor (" + name
                    + ") with rows of 32-bit floats; it has " + shapes() + ".");
        }
        long rows = entry.shape().get(0);
        if (from < 0 || count < 0 || from + count > rows) {
            throw new AssayException("Rows " + from + " to " + (from + count) + " of tensor (" + name
                    + ") of the file (" + file + ") are asked for; it has " + rows + ".");
        }
        long rowBytes = rows == 0 ? 0 : entry.length() / rows;
        long position = header.dataStart() + entry.begin() + from * rowBytes;
        return Safetensors.readFully(channel, position, count * rowBytes, file).asFloatBuffer();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
