package dev.assay.dashboard;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read. At a loopback address whoever asks for it by a loopback name: a page from elsewhere that has a name of its own point here sends another
 * {@code Host} (DNS rebinding), and what it runs sends its own {@code Origin}. At any other address whoever has the token besides, in the address once and
 * in a cookie from then on. Immutable.
 *
 * @param isLoopback whether the server is bound to this machine only
 * @param token what lets in where it is not
 */
record Gate(boolean isLoopback, Optional<String> token) {
    static final String COOKIE = "assay-token";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    static Gate of(InetAddress bound, String token) {
        return new Gate(bound.isLoopbackAddress(), bound.isLoopbackAddress() ? Optional.empty() : Optional.of(token));
    }

    /** @param query of the address, without its question mark */
    boolean lets(Headers headers, Optional<String> query) {
        String host = Optional.ofNullable(headers.getFirst("Host")).orElse("").toLowerCase(Locale.ROOT);
        String origin = headers.getFirst("Origin");
        boolean isOwn = origin == null || origin.equals("http://" + host);
        boolean isKnown = !isLoopback || LOOPBACK.contains(host.replaceFirst(":[0-9]+$", ""));
        return isOwn && isKnown && (token.isEmpty() || hasToken(headers, query));
    }

    private boolean hasToken(Headers headers, Optional<String> query) {
        String cookies = String.join("; ", headers.getOrDefault("Cookie", List.of()));
        return isToken(query.orElse(""), "token=")
                || Arrays.stream(cookies.split("; *", -1)).anyMatch(each -> isToken(each, COOKIE + "="));
    }

    /** In a time that does not tell how much of it is right. */
    private boolean isToken(String text, String before) {
        return text.startsWith(before)
                && MessageDigest.isEqual(
                        text.substring(before.length()).getBytes(StandardCharsets.UTF_8),
                        token.orElse("").getBytes(StandardCharsets.UTF_8));
    }
}
