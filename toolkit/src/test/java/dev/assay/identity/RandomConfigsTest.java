package dev.assay.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.Config;
import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.config.ExampleData;
import dev.assay.config.ExampleOptimizer;
import dev.assay.config.ExamplePrecision;
import dev.assay.config.ImmutableAdamW;
import dev.assay.config.ImmutableSgd;
import dev.assay.config.ImmutableSynthetic;
import dev.assay.config.RunConfig;
import dev.assay.config.Validated;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.immutables.value.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Configs drawn from few and similar values, so that nearly equal ones are frequent: two are equal if and only if their digests are, and each
 * is read back as it was written. {@code -Dassay.randomConfigs=1000000} draws more of them.
 */
@Tag("R1")
class RandomConfigsTest {
    private static final int COUNT = Integer.getInteger("assay.randomConfigs", 200_000);
    private static final long SEED = 20_261_120;
    private static final List<String> TEXTS =
            List.of("", "0", "1", "null", "a", "b", "ab", "[]", "{}", "é", "1.0", "true");
    private static final double[] NUMBERS = {0, 1, 0.1, 1e-3, -1, 1e300, 4.9e-324, 1.0000000000000002};

    /** A run whose parts have a value of every sort. */
    @Config
    interface Mixed extends RunConfig {
        @Override
        ExampleData data();

        @Override
        MixedModel model();

        @Override
        MixedTrain train();
    }

    /** Collections. */
    @Config
    interface MixedModel extends Validated {
        List<String> names();

        Map<String, String> labels();

        List<List<Integer>> shapes();

        Optional<String> text();
    }

    /** Single values. */
    @Config
    interface MixedTrain extends Validated {
        @Value.Default
        default double rate() {
            return 0.1;
        }

        @Value.Default
        default float scale() {
            return 1;
        }

        @Value.Default
        default long steps() {
            return 1;
        }

        @Value.Default
        default boolean flag() {
            return false;
        }

        Optional<Integer> width();

        Optional<Duration> limit();

        @Value.Default
        default ExamplePrecision precision() {
            return ExamplePrecision.FLOAT32;
        }

        ExampleOptimizer optimizer();
    }

    @Test
    void of_manySimilarConfigs_isEqualExactlyWhereTheyAre() throws Exception {
        RandomStream random = new Seed(SEED).stream("configs");
        ConfigReader<Mixed> reader = ConfigReader.of(Mixed.class);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Set<Prefix> contents = new HashSet<>();
        Set<Prefix> identities = new HashSet<>();
        Set<List<Prefix>> pairs = new HashSet<>();

        for (int i = 0; i < COUNT; i++) {
            Mixed config = config(random);
            String json = ConfigWriter.toJson(config).toString();
            if (!reader.fromJson(ConfigWriter.toJson(config)).equals(config)) {
                throw new AssertionError("seed " + SEED + ", number " + i + " is read back differently: " + json);
            }
            Prefix content = Prefix.of(digest.digest(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            Prefix identity = Prefix.of(
                    HexFormat.of().parseHex(TrialIdentity.of("mixed", config).trial()));
            contents.add(content);
            identities.add(identity);
            pairs.add(List.of(content, identity));
        }

        assertThat(contents.size())
                .as("different configs")
                .isGreaterThan(COUNT / 2)
                .isLessThan(COUNT);
        assertThat(identities).as("seed " + SEED).hasSameSizeAs(contents);
        assertThat(pairs).as("seed " + SEED).hasSameSizeAs(contents);
    }

    /** The first 16 bytes of a digest. */
    private record Prefix(long high, long low) {
        static Prefix of(byte[] digest) {
            ByteBuffer bytes = ByteBuffer.wrap(digest);
            return new Prefix(bytes.getLong(), bytes.getLong());
        }
    }

    private static Mixed config(RandomStream random) {
        return ImmutableMixed.builder()
                .data(ImmutableSynthetic.builder()
                        .pictures(random.nextInt(3))
                        .note(maybeText(random))
                        .build())
                .model(model(random))
                .train(train(random))
                .seed(random.nextInt(3))
                .build();
    }

    private static MixedModel model(RandomStream random) {
        ImmutableMixedModel.Builder model = ImmutableMixedModel.builder().text(maybeText(random));
        IntStream.range(0, random.nextInt(3)).forEach(i -> model.addNames(text(random)));
        IntStream.range(0, random.nextInt(3))
                .forEach(i -> model.addShapes(random.nextInt(2) == 0 ? List.of() : List.of(random.nextInt(2))));
        for (int i = random.nextInt(3); i > 0; i--) {
            model.putLabels(TEXTS.get(2 * i), text(random));
        }
        return model.build();
    }

    private static MixedTrain train(RandomStream random) {
        ImmutableMixedTrain.Builder train = ImmutableMixedTrain.builder()
                .rate(NUMBERS[random.nextInt(NUMBERS.length)])
                .scale(random.nextInt(3))
                .steps(random.nextInt(2) == 0 ? Long.MAX_VALUE : random.nextInt(3))
                .flag(random.nextInt(2) == 0)
                .precision(random.nextInt(2) == 0 ? ExamplePrecision.FLOAT32 : ExamplePrecision.MIXED_16_32);
        if (random.nextInt(2) == 0) {
            train.width(random.nextInt(2));
        }
        if (random.nextInt(2) == 0) {
            train.limit(Duration.ofNanos(random.nextInt(3)));
        }
        double rate = 0.1 + 0.1 * random.nextInt(2);
        return train.optimizer(
                        random.nextInt(2) == 0
                                ? ImmutableSgd.builder().lr(rate).build()
                                : ImmutableAdamW.builder().lr(rate).build())
                .build();
    }

    private static Optional<String> maybeText(RandomStream random) {
        return random.nextInt(2) == 0 ? Optional.empty() : Optional.of(text(random));
    }

    private static String text(RandomStream random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
