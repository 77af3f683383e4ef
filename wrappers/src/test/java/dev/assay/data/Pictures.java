package dev.assay.data;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.Arrays;
import java.util.List;

/** Small sets of pictures for tests. */
final class Pictures {
    static final ImageFormat FORMAT = new ImageFormat(8, 6, 3);

    private Pictures() {}

    /** Random bytes; the label of example {@code i} is {@code i % 3}. */
    static ImageSet random(ImageFormat format, int examples) {
        ImageSet.Builder images = ImageSet.builder(format, List.of("a", "b", "c"), examples);
        for (int i = 0; i < examples; i++) {
            RandomStream random = new Seed(1).stream("pictures", i);
            byte[] picture = new byte[format.bytes()];
            for (int at = 0; at < picture.length; at++) {
                picture[at] = (byte) random.nextLong();
            }
            images.set(i, i % 3, picture);
        }
        return images.build();
    }

    /** Every byte of example {@code i} is {@code i}. */
    static ImageSet numbered(int examples) {
        ImageSet.Builder images = ImageSet.builder(FORMAT, List.of("a", "b", "c"), examples);
        for (int i = 0; i < examples; i++) {
            byte[] picture = new byte[FORMAT.bytes()];
            Arrays.fill(picture, (byte) i);
            images.set(i, i % 3, picture);
        }
        return images.build();
    }
}
