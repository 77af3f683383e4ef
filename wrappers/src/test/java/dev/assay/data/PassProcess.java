package dev.assay.data;

import dev.assay.random.Seed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Splits pictures, reads a pass over a cycle of them and prints the digest of all it saw, in a process of its own. */
final class PassProcess {
    private PassProcess() {}

    public static void main(String[] args) {
        System.out.println(digest());
    }

    static String digest() {
        ImageSet all = Pictures.random(Pictures.FORMAT, 60);
        StratifiedSplit split = StratifiedSplit.of(all, 20, new Seed(7).stream("split"));
        Augmentation varied = ImmutableAugmentation.builder()
                .pad(2)
                .flip(Flip.RANDOM)
                .cutout(2)
                .build();
        Map<String, Partition> sources = new LinkedHashMap<>();
        sources.put("some", ImagePartition.training(split.taken(), varied));
        sources.put("rest", ImagePartition.training(split.rest(), varied));
        MessageDigest digest = sha256();
        Batches.read(Cycle.longest(sources), Pass.training(8, new Seed(1), 3, false))
                .forEach(batch -> digest.update(batch.toString().getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
