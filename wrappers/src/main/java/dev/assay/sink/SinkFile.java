package dev.assay.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;

/** A file of a sink, being appended to. */
final class SinkFile implements AutoCloseable {
    private final Sink sink;
    private final Path file;
    private final Format format;
    private final OutputStream out;
    private long length;

    private SinkFile(Sink sink, Path file, Format format, OutputStream out, long length) {
        this.sink = sink;
        this.file = file;
        this.format = format;
        this.out = out;
        this.length = length;
    }

    static SinkFile open(Sink sink, Path file, Format format, OptionalLong lastStep) throws IOException {
        // Not buffered: what was written is there for whoever looks on, and survives the process.
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        SinkFile opened = new SinkFile(sink, file, format, out, Files.size(file));
        if (opened.length == 0) {
            opened.append(format.beginning(lastStep));
        }
        return opened;
    }

    Sink sink() {
        return sink;
    }

    String name() {
        return file.getFileName().toString();
    }

    /** Bytes written whole. */
    long length() {
        return length;
    }

    void append(List<Recorded> values) throws IOException {
        append(format.bytes(values));
    }

    private void append(byte[] bytes) throws IOException {
        out.write(bytes);
        length += bytes.length;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
