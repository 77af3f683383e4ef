package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.engine.ElementType;
import dev.assay.engine.Layout;
import dev.assay.store.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Named tensors in a file of the safetensors format: the length of the header in 8 bytes little-endian, the header in JSON, then the bytes
 * of the tensors, row-major and little-endian. Tensors are written in the order of their names.
 */
public final class Safetensors {
    private Safetensors() {}

    /** Writes a file as a whole or not at all: beside its place first, forced to disk, then moved there. */
    public static void write(Path file, Map<String, NDArray> tensors) throws IOException {
        AtomicFile.write(file, channel -> writeTo(channel, new TreeMap<>(tensors)));
    }

    /**
     * The tensors of a file; those of four dimensions come channels-last.
     *
     * @param owner of the arrays
     * @throws CorruptFileException if the file is not what it claims to be
     * @throws dev.assay.error.AssayException if it holds a type the engine cannot hold
     */
    public static Map<String, NDArray> read(Path file, NDManager owner) throws IOException {
        return read(file, owner, name -> true);
    }

    /** The tensors whose names are {@code wanted}; see {@link #read(Path, NDManager)}. */
    static Map<String, NDArray> read(Path file, NDManager owner, Predicate<String> wanted) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Header header = Header.read(channel, file);
            Map<String, NDArray> tensors = new TreeMap<>();
            for (Map.Entry<String, Header.Entry> tensor : header.entries().entrySet()) {
                if (!wanted.test(tensor.getKey())) {
                    continue;
                }
                Header.Entry entry = tensor.getValue();
                ByteBuffer bytes = readFully(channel, header.dataStart() + entry.begin(), entry.length(), file);
                tensors.put(
                        tensor.getKey(),
                        Layout.create(owner, bytes, entry.shape(), entry.type().dataType()));
            }
            return tensors;
        }
    }

    static ByteBuffer readFully(FileChannel channel, long position, long length, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new CorruptFileException(file, "it ends " + bytes.remaining() + " bytes early");
            }
        }
        return bytes.flip();
    }

    private static void writeTo(FileChannel channel, SortedMap<String, NDArray> tensors) throws IOException {
        long unused = writeHeader(channel, Header.of(tensors));
        for (NDArray tensor : tensors.values()) {
            writeFully(channel, bytes(tensor));
        }
    }

    /** Returns where the data begins. */
    static long writeHeader(FileChannel channel, Header header) throws IOException {
        byte[] json = header.toJson().getBytes(StandardCharsets.UTF_8);
        int padding = -json.length & 7;
        ByteBuffer start = ByteBuffer.allocate(8 + json.length + padding).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(json.length + padding).put(json).put(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
        writeFully(channel, start.flip());
        return start.limit();
    }

    /** Row-major bytes of an array, whatever its layout. */
    static ByteBuffer bytes(NDArray tensor) {
        ElementType.from(tensor.getDataType());
        return tensor.toByteBuffer();
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
