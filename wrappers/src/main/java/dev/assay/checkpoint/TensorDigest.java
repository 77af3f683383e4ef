package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import dev.assay.engine.ElementType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A digest over tensors that depends on their content only, not on file format or memory layout: SHA-256 over, for each tensor in order of
 * its name, the line {@code name, type, shape} as UTF-8 with its length before it, and the row-major little-endian bytes.
 */
public final class TensorDigest {
    private TensorDigest() {}

    /** 64 hex digits. */
    public static String of(Map<String, NDArray> tensors) {
        MessageDigest digest = sha256();
        new TreeMap<>(tensors).forEach((name, tensor) -> update(digest, name, tensor));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The digest of one tensor, whatever it is called: that of a map with it under the empty name. */
    static String of(NDArray tensor) {
        MessageDigest digest = sha256();
        update(digest, "", tensor);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of text in UTF-8. */
    static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void update(MessageDigest digest, String name, NDArray tensor) {
        String type = ElementType.from(tensor.getDataType()).safetensorsName();
        String head =
                name + "\n" + type + "\n" + Arrays.toString(tensor.getShape().getShape());
        byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
        digest.update(Safetensors.bytes(tensor));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
