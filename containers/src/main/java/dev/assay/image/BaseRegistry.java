package dev.assay.image;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import dev.assay.error.NotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The registry of a base image, which is looked for before a build begins: where there is no network, Jib tries again for a minute. */
final class BaseRegistry {
    private static final int SECONDS = 10;
    private static final int SECONDS_OF_AN_ADDRESS = 5;

    private BaseRegistry() {}

    /**
     * Looks whether somebody answers there. Not looked for is the registry of a base image with a digest, which Jib may have in its cache, and one behind a
     * proxy.
     *
     * @param isInsecure whether it may be spoken to without encryption
     * @throws NotFoundException if nobody answers within 10 s
     */
    static void check(BaseImage base, boolean isInsecure) throws InvalidImageReferenceException, InterruptedException {
        Optional<URI> registry = base.registry().map(name -> URI.create("https://" + name));
        if (registry.isEmpty() || base.hasDigest() || !isDirect(registry.get())) {
            return;
        }
        int port = registry.get().getPort();
        List<Integer> ports = port >= 0 ? List.of(port) : isInsecure ? List.of(443, 80) : List.of(443);
        Optional<String> fault = fault(registry.get().getHost(), ports);
        if (fault.isPresent()) {
            throw BuildFault.ofBase(
                    base,
                    "its registry (" + registry.get().getAuthority() + ") cannot be reached, since " + fault.get()
                            + ".");
        }
    }

    private static boolean isDirect(URI registry) {
        return registry.getHost() != null
                && ProxySelector.getDefault().select(registry).equals(List.of(Proxy.NO_PROXY));
    }

    /** In a thread of its own, since looking up a name cannot be interrupted. */
    private static Optional<String> fault(String host, List<Integer> ports) throws InterruptedException {
        try {
            return CompletableFuture.supplyAsync(() -> tried(host, ports)).get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Optional.of("nobody answered within " + SECONDS + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> tried(String host, List<Integer> ports) {
        String last = "it has no address";
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                for (int port : ports) {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(address, port), SECONDS_OF_AN_ADDRESS * 1000);
                        return Optional.empty();
                    } catch (IOException e) {
                        last = "port " + port + " says: " + e.getMessage();
                    }
                }
            }
        } catch (UnknownHostException e) {
            last = "its name is unknown";
        }
        return Optional.of(last);
    }
}
