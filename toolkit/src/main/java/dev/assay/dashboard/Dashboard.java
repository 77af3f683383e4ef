package dev.assay.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.error.AssayException;
import dev.assay.store.Standing;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page of an experiment and tells whoever has it open what changes, by server-sent events. It reads and writes nothing: there is nothing to be asked
 * for but {@code GET /} and {@code GET /events}. Thread-safe.
 */
public final class Dashboard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** A page of many trials takes seconds to make; nobody needs it more often. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final int HEARTBEAT_SECONDS = 15;

    private final HttpServer server;
    private final Gate gate;
    private final String token;
    private final Supplier<String> page;
    private final Follower follower;
    private final ExecutorService handlers = Executors.newCachedThreadPool(Dashboard::daemon);
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(Dashboard::daemon);
    private byte[] made = new byte[0];
    private long madeAt;

    private Dashboard(HttpServer server, String token, Supplier<String> page, Supplier<List<Standing>> standings) {
        this.server = server;
        this.gate = Gate.of(server.getAddress().getAddress(), token);
        this.token = token;
        this.page = page;
        this.follower = new Follower(standings);
    }

    /**
     * Starts to serve.
     *
     * @param host the address to listen at; any but a loopback address lets in only those who have the token
     * @param port 0 for any that is free
     * @param token a secret
     * @param page makes the page
     * @param standings how the trials stand
     * @throws AssayException if it cannot listen there
     */
    public static Dashboard start(
            String host, int port, String token, Supplier<String> page, Supplier<List<Standing>> standings) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
            Dashboard dashboard = new Dashboard(server, token, page, standings);
            server.setExecutor(dashboard.handlers);
            server.createContext("/", dashboard::answer);
            server.start();
            ScheduledFuture<?> unused =
                    dashboard.watch.scheduleWithFixedDelay(dashboard::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return dashboard;
        } catch (IOException e) {
            throw new AssayException(
                    "The dashboard cannot listen at " + host + ":" + port + ": " + e.getMessage()
                            + ".\nMaybe another one does; --port 0 takes any port that is free.",
                    e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "dashboard");
        thread.setDaemon(true);
        return thread;
    }

    /** What to open, with the token where one is needed. */
    public String address() {
        InetSocketAddress bound = server.getAddress();
        String host = bound.getAddress().isAnyLocalAddress() ? "localhost" : bound.getHostString();
        String start = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort() + "/";
        return gate.token().isPresent() ? start + "?token=" + token : start;
    }

    private void look() {
        try {
            follower.look();
        } catch (RuntimeException e) {
            // The store may be out of reach for a moment; the next look tells.
            LOG.warn("How trials stand cannot be read: {}", e.getMessage());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Optional<String> query =
                    Optional.ofNullable(exchange.getRequestURI().getQuery());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (!gate.lets(exchange.getRequestHeaders(), query)) {
                send(exchange, 403, "text/plain", "Not for you.\n".getBytes(StandardCharsets.UTF_8));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, "text/plain", "This only reads.\n".getBytes(StandardCharsets.UTF_8));
            } else if (path.equals("/events")) {
                follow(exchange);
            } else if (path.equals("/") && query.isPresent() && gate.token().isPresent()) {
                // The token leaves the address bar, and the history with it.
                exchange.getResponseHeaders()
                        .set("Set-Cookie", Gate.COOKIE + "=" + token + "; HttpOnly; SameSite=Strict; Path=/");
                exchange.getResponseHeaders().set("Location", "/");
                exchange.sendResponseHeaders(303, -1);
            } else if (path.equals("/")) {
                send(exchange, 200, "text/html; charset=utf-8", page());
            } else {
                send(exchange, 404, "text/plain", "There is only / here.\n".getBytes(StandardCharsets.UTF_8));
            }
        } catch (RuntimeException e) {
            LOG.warn("A request was not answered", e);
        }
    }

    private static void send(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    private synchronized byte[] page() {
        if (made.length == 0 || System.nanoTime() - madeAt > FRESH.toNanos()) {
            made = page.get().getBytes(StandardCharsets.UTF_8);
            madeAt = System.nanoTime();
        }
        return made;
    }

    private void follow(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        BlockingQueue<String> events = follower.listen();
        try {
            OutputStream out = exchange.getResponseBody();
            String event = "retry: 1000\n\n";
            while (event != null) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
                event = Optional.ofNullable(events.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS))
                        .orElse(": still here\n\n");
            }
        } catch (IOException e) {
            // The page was closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            follower.leave(events);
        }
    }

    /** Stops at once; open pages see the connection end. */
    @Override
    public void close() {
        watch.shutdownNow();
        handlers.shutdownNow();
        server.stop(0);
    }
}
