package dev.assay.s3;

import dev.assay.error.AssayException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code s3://BUCKET/FOLDER?endpoint=URL&region=NAME}.
 *
 * @param folder what names in the bucket begin with: empty, or ending with a slash
 * @param endpoint of the server; Amazon's own where there is none
 * @param region empty where the environment tells it
 */
record S3Address(String bucket, String folder, Optional<URI> endpoint, Optional<String> region) {
    private static final String ENDPOINT = "endpoint";
    private static final String REGION = "region";

    /** @throws AssayException if it is none */
    static S3Address parse(URI address) {
        String bucket = address.getHost() == null ? address.getAuthority() : address.getHost();
        if (bucket == null
                || address.getUserInfo() != null
                || address.getPort() >= 0
                || address.getFragment() != null) {
            throw wrong(
                    address,
                    "it must be s3://BUCKET/FOLDER",
                    "Maybe the server's address belongs at the end: s3://BUCKET/FOLDER?endpoint=https://HOST:PORT.");
        }
        Map<String, String> options = options(address);
        Optional<URI> endpoint = Optional.ofNullable(options.remove(ENDPOINT)).map(text -> endpoint(address, text));
        Optional<String> region = Optional.ofNullable(options.remove(REGION));
        if (!options.isEmpty()) {
            throw wrong(
                    address,
                    "it has (" + String.join(", ", options.keySet()) + "); known are endpoint and region",
                    "Maybe credentials were meant: they are in no address, but in the environment, AWS_ACCESS_KEY_ID"
                            + " and AWS_SECRET_ACCESS_KEY, or in ~/.aws/credentials.");
        }
        String path = Optional.ofNullable(address.getPath()).orElse("").replaceAll("^/+|/+$", "");
        return new S3Address(bucket, path.isEmpty() ? "" : path + "/", endpoint, region);
    }

    private static Map<String, String> options(URI address) {
        Map<String, String> options = new TreeMap<>();
        for (String option :
                Optional.ofNullable(address.getRawQuery()).orElse("").split("&", -1)) {
            String[] parts = option.split("=", 2);
            if (!option.isEmpty()) {
                options.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return options;
    }

    private static URI endpoint(URI address, String text) {
        if (!text.matches("https?://[^/?#@]+/?")) {
            throw wrong(
                    address,
                    "its endpoint (" + text + ") must be the URL of a server",
                    "Maybe https://HOST or http://HOST:PORT, without a path.");
        }
        return URI.create(text);
    }

    private static AssayException wrong(URI address, String what, String advice) {
        return new AssayException("The address (" + address + ") is wrong: " + what + ".\n" + advice);
    }

    /** For people, and to open the same again. */
    @Override
    public String toString() {
        String options = endpoint.map(url -> "&endpoint=" + url).orElse("")
                + region.map(name -> "&region=" + name).orElse("");
        return "s3://" + bucket + "/" + folder.replaceAll("/$", "") + options.replaceFirst("&", "?");
    }
}
