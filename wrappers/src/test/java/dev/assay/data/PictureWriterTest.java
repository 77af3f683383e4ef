package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.random.Seed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast writer against a slow one that follows the definitions, pixel by pixel. */
@Tag("T27")
class PictureWriterTest {
    private static final int HEIGHT = 8;
    private static final int WIDTH = 6;
    private static final int PAD = 3;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void crop_atEveryPlace_isThatWindowOfTheReflectedPicture(int channels) {
        ImageSet images = Pictures.random(new ImageFormat(HEIGHT, WIDTH, channels), 2);
        Normalisation normalisation = Normalisation.from(images);
        PictureWriter writer = writer(images, normalisation, PAD, 0);
        float[] actual = new float[HEIGHT * WIDTH * channels];

        for (int top = 0; top <= 2 * PAD; top++) {
            for (int left = 0; left <= 2 * PAD; left++) {
                for (boolean mirrored : new boolean[] {false, true}) {
                    writer.crop(1, top, left, mirrored, actual);

                    assertThat(actual)
                            .as("top %s left %s mirrored %s", top, left, mirrored)
                            .containsExactly(expected(images, normalisation, top, left, mirrored));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 20})
    void cut_atEveryPixel_makesASquareAroundItZeroAndLeavesTheRest(int side) {
        ImageSet images = Pictures.random(Pictures.FORMAT, 1);
        PictureWriter writer =
                writer(images, new Normalisation(List.of(-1.0, -1.0, -1.0), List.of(1.0, 1.0, 1.0)), 0, side);
        float[] whole = new float[Pictures.FORMAT.bytes()];
        writer.write(0, whole);

        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                float[] cut = whole.clone();
                writer.cut(row, column, cut);

                for (int at = 0; at < cut.length; at++) {
                    int y = at / 3 / WIDTH - row + side / 2;
                    int x = at / 3 % WIDTH - column + side / 2;
                    boolean isInside = y >= 0 && y < side && x >= 0 && x < side;
                    assertThat(cut[at]).isEqualTo(isInside ? 0f : whole[at]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void write_withOneVariationOn_choosesAsWithAllOn(long seed) {
        ImageSet images = Pictures.random(Pictures.FORMAT, 1);
        Normalisation normalisation = new Normalisation(List.of(-1.0, -1.0, -1.0), List.of(1.0, 1.0, 1.0));
        float[] uncut = new float[Pictures.FORMAT.bytes()];
        float[] cut = new float[Pictures.FORMAT.bytes()];

        writer(images, normalisation, 2, 0).write(0, new Seed(seed).stream("picture"), false, uncut);
        writer(images, normalisation, 2, 3).write(0, new Seed(seed).stream("picture"), false, cut);

        int zeros = 0;
        for (int at = 0; at < cut.length; at++) {
            assertThat(cut[at]).isIn(0f, uncut[at]);
            zeros += cut[at] == 0 ? 1 : 0;
        }
        assertThat(zeros).isBetween(3 * 4, 3 * 9);
    }

    private static float[] expected(
            ImageSet images, Normalisation normalisation, int top, int left, boolean isMirrored) {
        int channels = images.format().channels();
        byte[] picture = images.picture(1);
        float[] expected = new float[picture.length];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int row = reflect(top + y - PAD, HEIGHT);
                int column = reflect(left + (isMirrored ? WIDTH - 1 - x : x) - PAD, WIDTH);
                for (int channel = 0; channel < channels; channel++) {
                    expected[(y * WIDTH + x) * channels + channel] =
                            normalisation.table(channel)[picture[(row * WIDTH + column) * channels + channel] & 0xFF];
                }
            }
        }
        return expected;
    }

    private static int reflect(int place, int size) {
        if (place < 0) {
            return -place;
        }
        return place < size ? place : 2 * (size - 1) - place;
    }

    private static PictureWriter writer(ImageSet images, Normalisation normalisation, int pad, int cutout) {
        return new PictureWriter(
                images,
                normalisation,
                ImmutableAugmentation.builder()
                        .pad(pad)
                        .flip(Flip.RANDOM)
                        .cutout(cutout)
                        .build(),
                Optional.empty());
    }
}
