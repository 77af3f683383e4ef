package dev.assay.data;

import dev.assay.error.AssayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a file's bytes must come to.
 *
 * @param algorithm as {@link MessageDigest} calls it
 * @param hex the digest in lower-case hexadecimal
 */
public record Checksum(String algorithm, String hex) {
    private static final int BUFFER = 1 << 16;

    public Checksum {
        hex = hex.toLowerCase(Locale.ROOT);
        if (hex.length() != 2 * digest(algorithm).getDigestLength()) {
            throw new AssayException("The checksum (" + hex + ") has " + hex.length() + " digits; " + algorithm
                    + " has " + 2 * digest(algorithm).getDigestLength() + ".");
        }
    }

    public static Checksum sha256(String hex) {
        return new Checksum("SHA-256", hex);
    }

    /** For what is published with MD5 only: it finds broken files, not forged ones. */
    public static Checksum md5(String hex) {
        return new Checksum("MD5", hex);
    }

    /** That of a file, by the same algorithm. */
    Checksum of(Path file) throws IOException {
        MessageDigest digest = digest(algorithm);
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return algorithm + " " + hex;
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new AssayException("There is no checksum algorithm (" + algorithm + ") in this Java runtime.", e);
        }
    }
}
