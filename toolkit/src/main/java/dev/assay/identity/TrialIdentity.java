package dev.assay.identity;

import dev.assay.config.ObjectType;
import dev.assay.config.Property;
import dev.assay.config.RunConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What a trial is, by content: digests of its parts and of the whole, each SHA-256 in 64 hex digits. Two configs that differ only in
 * spelling, in defaults written or left out, or in what is stateless have the same digests.
 *
 * <p>A part's digest is taken of {@code assay:v1:part}, a zero byte and the part's {@linkplain CanonicalForm canonical form}, where
 * {@code part} is {@code data}, {@code model}, {@code train} or {@code seed}; the name keeps equal parts of different meaning apart. The trial's
 * is taken of {@code assay:v1:trial}, a zero byte, the wrapper's name, the four digests and the canonical form of whatever keys the run config
 * has beside the four; for a trial that starts from another's state, that trial's digest and the step, 8 bytes with the highest first,
 * follow.
 *
 * @param data of the data
 * @param model of the model
 * @param train of the training
 * @param seed of the seed
 * @param trial of all together with the wrapper's name
 */
public record TrialIdentity(String data, String model, String train, String seed, String trial) {
    /** The version of the canonical form. */
    public static final String VERSION = "v1";

    private static final int SHORT = 10;
    private static final List<String> PARTS = List.of("data", "model", "train", "seed");

    /** The identity of a config run by a wrapper from the start. */
    public static TrialIdentity of(String wrapper, RunConfig config) {
        return of(wrapper, config, new byte[0]);
    }

    /**
     * The identity of a config run by a wrapper from where another trial was.
     *
     * @param origin hash of the other trial
     * @param step optimizer steps it had done
     */
    public static TrialIdentity of(String wrapper, RunConfig config, String origin, long step) {
        byte[] before = HexFormat.of().parseHex(origin);
        return of(
                wrapper,
                config,
                ByteBuffer.allocate(before.length + Long.BYTES)
                        .put(before)
                        .putLong(step)
                        .array());
    }

    private static TrialIdentity of(String wrapper, RunConfig config, byte[] history) {
        ObjectType type = ObjectType.of(config);
        byte[][] parts = new byte[PARTS.size()][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(type, PARTS.get(i), config);
        }
        MessageDigest trial = digest("trial");
        trial.update(CanonicalForm.text(wrapper));
        for (byte[] part : parts) {
            trial.update(part);
        }
        trial.update(CanonicalForm.ofObject(others(type), config));
        trial.update(history);
        return new TrialIdentity(hex(parts[0]), hex(parts[1]), hex(parts[2]), hex(parts[3]), hex(trial.digest()));
    }

    /** The first ten digits of the trial's digest, for people. */
    public String shortForm() {
        return trial.substring(0, SHORT);
    }

    private static byte[] part(ObjectType type, String name, RunConfig config) {
        Property property = type.property(name).orElseThrow();
        MessageDigest digest = digest(name);
        digest.update(CanonicalForm.of(property.type(), property.valueOf(config)));
        return digest.digest();
    }

    private static List<Property> others(ObjectType type) {
        Set<String> parts = Set.copyOf(PARTS);
        return type.properties().stream()
                .filter(property -> !parts.contains(property.name()))
                .toList();
    }

    private static MessageDigest digest(String what) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("assay:" + VERSION + ":" + what + "\0").getBytes(StandardCharsets.UTF_8));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK must have SHA-256.", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
