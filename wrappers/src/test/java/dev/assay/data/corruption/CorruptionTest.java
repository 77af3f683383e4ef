package dev.assay.data.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.Augmentation;
import dev.assay.data.ImageFormat;
import dev.assay.data.ImagePartition;
import dev.assay.data.ImageSet;
import dev.assay.data.PictureChange;
import dev.assay.random.Seed;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("D5")
class CorruptionTest {
    private static final ImageFormat FORMAT = new ImageFormat(32, 32, 3);
    private static final Seed SEED = new Seed(3);
    private static final String DIGESTS = "/dev/assay/data/corruption/digests.properties";

    @ParameterizedTest
    @EnumSource
    void corruption_ofEverySeverity_givesTheBytesItAlwaysGave(CorruptionKind kind) throws IOException {
        Properties digests = new Properties();
        digests.load(CorruptionTest.class.getResourceAsStream(DIGESTS));

        for (int severity = 1; severity <= 5; severity++) {
            Corruption corruption = corruption(kind, severity);
            assertThat(digest(corruption, FORMAT) + digest(corruption, new ImageFormat(9, 14, 1)))
                    .as(corruption.label())
                    .isEqualTo(digests.getProperty(corruption.label()));
        }
    }

    /** Elastic maps trade one kind of bending for another, so they are left out, as their authors have them. */
    @ParameterizedTest
    @EnumSource(names = "ELASTIC", mode = EnumSource.Mode.EXCLUDE)
    void corruption_ofMoreSeverity_takesPicturesFurtherAway(CorruptionKind kind) {
        double[] distances = new double[6];
        for (int severity = 1; severity <= 5; severity++) {
            PictureChange change = corruption(kind, severity).of(FORMAT, SEED);
            for (int i = 0; i < 20; i++) {
                byte[] before = picture(FORMAT, i);
                byte[] after = change.apply(i, before.clone());
                for (int at = 0; at < before.length; at++) {
                    distances[severity] += Math.abs((after[at] & 0xFF) - (before[at] & 0xFF)) / (20.0 * before.length);
                }
            }
        }

        assertThat(distances[1]).isPositive();
        assertThat(distances[5]).isGreaterThan(distances[1]).isLessThan(100);
    }

    @ParameterizedTest
    @EnumSource
    void corruption_dependsOnSeedAndNumberAlone(CorruptionKind kind) {
        Corruption corruption = corruption(kind, 3);
        byte[] picture = picture(FORMAT, 1);
        byte[] changed = corruption.of(FORMAT, SEED).apply(7, picture.clone());

        assertThat(corruption.of(FORMAT, SEED).apply(7, picture.clone())).isEqualTo(changed);
        boolean isRandom = switch (kind) {
            case GAUSSIAN_NOISE, SHOT_NOISE, IMPULSE_NOISE, SPECKLE_NOISE, MOTION_BLUR, FOG, ELASTIC -> true;
            case ROTATION, GAUSSIAN_BLUR, DEFOCUS_BLUR, ZOOM_BLUR, BRIGHTNESS, CONTRAST, SATURATE, PIXELATE, JPEG ->
                false;
        };
        if (isRandom) {
            assertThat(corruption.of(FORMAT, SEED).apply(8, picture.clone())).isNotEqualTo(changed);
            assertThat(corruption.of(FORMAT, new Seed(4)).apply(7, picture.clone()))
                    .isNotEqualTo(changed);
        }
    }

    @Test
    void noise_hasTheSpreadItSays() {
        byte[] grey = new byte[FORMAT.bytes()];
        Arrays.fill(grey, (byte) 128);
        double value = 128 / 255.0;

        assertThat(spread(CorruptionKind.GAUSSIAN_NOISE, 5, grey)).isBetween(0.095, 0.105);
        assertThat(spread(CorruptionKind.SPECKLE_NOISE, 5, grey)).isBetween(0.19 * value, 0.21 * value);
        double shot = Math.sqrt(value / 50);
        assertThat(spread(CorruptionKind.SHOT_NOISE, 5, grey)).isBetween(0.95 * shot, 1.05 * shot);
        double impulse = Math.sqrt(0.07 * 0.25);
        assertThat(spread(CorruptionKind.IMPULSE_NOISE, 5, grey)).isBetween(0.85 * impulse, 1.15 * impulse);
    }

    @ParameterizedTest
    @EnumSource(
            value = CorruptionKind.class,
            names = {
                "GAUSSIAN_BLUR",
                "DEFOCUS_BLUR",
                "MOTION_BLUR",
                "ZOOM_BLUR",
                "CONTRAST",
                "ELASTIC",
                "ROTATION",
                "PIXELATE",
                "JPEG",
                "SATURATE"
            })
    void evenGrey_staysAsItIs_whereNothingIsAdded(CorruptionKind kind) {
        byte[] grey = new byte[FORMAT.bytes()];
        Arrays.fill(grey, (byte) 128);

        for (int severity = 1; severity <= 5; severity++) {
            assertThat(corruption(kind, severity).of(FORMAT, SEED).apply(0, grey.clone()))
                    .isEqualTo(grey);
        }
    }

    @Test
    void shiftedPartition_showsChangedPicturesAnewInEachPass_whateverTheSelection() {
        ImageSet.Builder builder = ImageSet.builder(FORMAT, List.of("only"), 6);
        for (int i = 0; i < 6; i++) {
            builder.set(i, 0, picture(FORMAT, i));
        }
        ImageSet images = builder.build();
        PictureChange change = corruption(CorruptionKind.GAUSSIAN_NOISE, 2).of(FORMAT, SEED);
        ImageSet.Builder expected = ImageSet.builder(FORMAT, List.of("only"), 2);
        expected.set(0, 0, change.apply(4, images.picture(4)));
        expected.set(1, 0, change.apply(2, images.picture(2)));
        ImagePartition train = ImagePartition.training(images, Augmentation.none());

        ImagePartition shifted = ImagePartition.evaluation(images.select(4, 2), train.normalisation())
                .changed(change);

        assertThat(Values.of(shifted))
                .isEqualTo(Values.of(ImagePartition.evaluation(expected.build(), train.normalisation())))
                .isEqualTo(Values.of(shifted))
                .isNotEqualTo(Values.of(ImagePartition.evaluation(images.select(4, 2), train.normalisation())));
    }

    private static double spread(CorruptionKind kind, int severity, byte[] picture) {
        byte[] changed = corruption(kind, severity).of(FORMAT, SEED).apply(0, picture.clone());
        double squares = 0;
        for (int at = 0; at < changed.length; at++) {
            squares += Math.pow(((changed[at] & 0xFF) - (picture[at] & 0xFF)) / 255.0, 2);
        }
        return Math.sqrt(squares / changed.length);
    }

    private static String digest(Corruption corruption, ImageFormat format) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            PictureChange change = corruption.of(format, SEED);
            for (int i = 0; i < 4; i++) {
                digest.update(change.apply(i, picture(format, i)));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Patches of even colour and slopes of colour, by whole numbers alone. */
    private static byte[] picture(ImageFormat format, int number) {
        byte[] picture = new byte[format.bytes()];
        for (int at = 0; at < picture.length; at++) {
            int channel = at % format.channels();
            int y = at / format.channels() / format.width();
            int x = at / format.channels() % format.width();
            boolean isInside = (y - 12) * (y - 12) + (x - 10 - number) * (x - 10 - number) < 60;
            picture[at] = (byte) (isInside ? 220 - 60 * channel : 40 + 3 * y + (channel + 1) * x + 9 * number);
        }
        return picture;
    }

    private static Corruption corruption(CorruptionKind kind, int severity) {
        return ImmutableCorruption.builder().kind(kind).severity(severity).build();
    }
}
