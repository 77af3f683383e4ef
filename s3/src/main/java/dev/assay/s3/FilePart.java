package dev.assay.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Some of the bytes of a file. */
final class FilePart extends InputStream {
    private final FileChannel file;
    private long left;

    FilePart(Path file, long from, long bytes) {
        try {
            this.file = FileChannel.open(file, StandardOpenOption.READ).position(from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.left = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = file.read(ByteBuffer.wrap(to, offset, (int) Math.min(length, left)));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
