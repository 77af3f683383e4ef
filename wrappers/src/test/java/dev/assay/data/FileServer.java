package dev.assay.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A web server on this machine with one file, which may be made to misbehave. */
final class FileServer implements AutoCloseable {
    private static final int PARTIAL = 206;

    private final byte[] content;
    private final @Nullable HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile int cutAfter = Integer.MAX_VALUE;
    private volatile boolean hasRanges = true;
    private volatile boolean isSlow;
    private volatile int status;

    private FileServer(byte[] content, @Nullable HttpServer server) {
        this.content = content;
        this.server = server;
    }

    static FileServer unstarted() {
        return new FileServer(new byte[0], null);
    }

    static FileServer start(byte[] content) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FileServer server = new FileServer(content, http);
        http.createContext("/file.bin", server::answer);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    URI address() {
        int port = server == null ? 0 : server.getAddress().getPort();
        return URI.create("http://127.0.0.1:" + port + "/file.bin");
    }

    /** The range each request asked for, or {@code all}. */
    List<String> requests() {
        return requests;
    }

    /** Ends this many connections after so many bytes. */
    void cutAfter(int bytes, int times) {
        cutAfter = bytes;
        cuts.set(times);
    }

    void ignoreRanges() {
        hasRanges = false;
    }

    void slow() {
        isSlow = true;
    }

    void answer(int status) {
        this.status = status;
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(range == null ? "all" : range);
        int start = range == null || !hasRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (status != 0) {
            exchange.sendResponseHeaders(status, -1);
        } else if (start >= content.length) {
            exchange.sendResponseHeaders(416, -1);
        } else {
            if (start > 0) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(start > 0 ? PARTIAL : 200, content.length - start);
            send(exchange.getResponseBody(), start);
        }
        exchange.close();
    }

    private void send(OutputStream body, int start) throws IOException {
        pause();
        int length = content.length - start;
        if (length > cutAfter && cuts.getAndDecrement() > 0) {
            body.write(content, start, cutAfter);
            body.flush();
        } else {
            body.write(content, start, length);
        }
    }

    private void pause() {
        try {
            Thread.sleep(isSlow ? 1500 : 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
