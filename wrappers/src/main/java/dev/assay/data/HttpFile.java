package dev.assay.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A file on a web server, of which the beginning may be here already. */
final class HttpFile {
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int BUFFER = 1 << 16;
    /** The JDK's newer client cannot limit the wait for the next byte; this one can. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI source;

    HttpFile(URI source) {
        this.source = source;
    }

    /** The connection ended after some bytes; asking for the rest is worthwhile. */
    static final class CutException extends IOException {
        private static final long serialVersionUID = 1L;

        CutException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Makes {@code part} whole, from its end on if the server can, otherwise from the start.
     *
     * @throws CutException if only some of the file came, which is in {@code part}
     * @throws DownloadFailedException if the server refuses
     */
    void appendTo(Path part) throws IOException {
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            HttpURLConnection connection = open(file.size());
            try {
                int status = connection.getResponseCode();
                if (status == RANGE_NOT_SATISFIABLE) {
                    return;
                }
                file.position(start(connection, status, file.size()));
                file.truncate(file.position());
                copy(connection, file);
                file.force(true);
            } finally {
                connection.disconnect();
            }
        }
    }

    private HttpURLConnection open(long from) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) source.toURL().openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        return connection;
    }

    /** Where in the file the answer begins. */
    private long start(HttpURLConnection connection, int status, long asked) {
        if (status == HttpURLConnection.HTTP_OK) {
            return 0;
        }
        String range = connection.getHeaderField("Content-Range");
        if (status == HttpURLConnection.HTTP_PARTIAL && range != null && range.startsWith("bytes " + asked + "-")) {
            return asked;
        }
        throw new DownloadFailedException("The server answered the request for " + source + " with status " + status
                + (range == null ? "" : " and range (" + range + ")") + "; 200 or 206 was expected.");
    }

    private void copy(HttpURLConnection connection, FileChannel file) throws IOException {
        long start = file.position();
        long length = connection.getContentLengthLong();
        Progress progress = new Progress(source, start, length);
        byte[] buffer = new byte[BUFFER];
        try (InputStream body = connection.getInputStream()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                progress.at(file.position());
            }
        } catch (IOException e) {
            throw file.position() > start ? new CutException(e.getMessage() + " at byte " + file.position(), e) : e;
        }
        // A connection that ends early reads like one that ends in time.
        if (length >= 0 && file.position() < start + length) {
            throw new CutException("it ended at byte " + file.position() + " of " + (start + length), null);
        }
    }
}
