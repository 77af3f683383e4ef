package dev.assay.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The content-security policy of a page that holds all it needs: scripts and styles run if their digest is listed (CSP Level 3, section 6.7.3), pictures must be
 * data, and nothing else is allowed, no request above all. Style attributes are, since the charting library writes its letters with them; they can load
 * nothing.
 */
final class ContentPolicy {
    private ContentPolicy() {}

    static String of(List<String> scripts, List<String> styles) {
        return "default-src 'none'; script-src " + digests(scripts) + "; style-src " + digests(styles)
                + "; style-src-attr 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private static String digests(List<String> texts) {
        return texts.stream().map(ContentPolicy::digest).collect(Collectors.joining(" "));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
