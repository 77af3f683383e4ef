package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D1")
class ImageSetTest {

    @Test
    void setPlanes_ofChannelsOneAfterAnother_putsThemSideBySide() {
        ImageSet set = ImageSet.builder(new ImageFormat(1, 2, 3), List.of("only"), 1)
                .setPlanes(0, 0, new byte[] {99, 1, 2, 3, 4, 5, 6}, 1)
                .build();

        assertThat(set.picture(0)).containsExactly(1, 3, 5, 2, 4, 6);
    }

    @Test
    void select_ofSelection_countsWithinIt() {
        ImageSet all = Pictures.numbered(9);

        ImageSet twice = all.select(8, 4, 2).select(2, 0);

        assertThat(twice.size()).isEqualTo(2);
        assertThat(twice.picture(0)).containsOnly(2);
        assertThat(twice.picture(1)).containsOnly(8);
        assertThat(twice.label(0)).isEqualTo(2);
        assertThat(twice.sizesByClass()).containsExactly(0, 0, 2);
    }

    @Test
    void digest_ofEqualSets_isEqual_andOfOtherOrderIsNot() {
        assertThat(Pictures.numbered(9).digest()).isEqualTo(Pictures.numbered(9).digest());
        assertThat(Pictures.numbered(9).select(0, 1).digest())
                .isNotEqualTo(Pictures.numbered(9).select(1, 0).digest());
    }

    @Test
    void build_withPictureMissing_saysWhich() {
        ImageSet.Builder images = ImageSet.builder(Pictures.FORMAT, List.of("a"), 2);
        images.set(0, 0, new byte[Pictures.FORMAT.bytes()]);

        assertThatThrownBy(images::build).isInstanceOf(AssayException.class).hasMessage("Picture 1 of 2 was not set.");
    }

    @Test
    void set_withLabelOfNoClass_saysWhatThereIs() {
        ImageSet.Builder images = ImageSet.builder(Pictures.FORMAT, List.of("a", "b"), 2);

        assertThatThrownBy(() -> images.set(1, 2, new byte[Pictures.FORMAT.bytes()]))
                .isInstanceOf(AssayException.class)
                .hasMessage("The label (2) of picture 1 must be in [0, 2), the numbers of the classes [a, b].");
    }

    @Test
    void builder_ofMoreThanFitsIntoAnArray_isRefused() {
        assertThatThrownBy(() -> ImageSet.builder(new ImageFormat(1000, 1000, 3), List.of("a"), 1000))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("must have fewer than 2^31 bytes");
    }

    @Test
    void split_ofAnySize_takesItsShareOfEachClassAndLosesNothing() {
        ImageSet all = Pictures.numbered(100);
        for (int examples : new int[] {0, 1, 2, 30, 31, 50, 99, 100}) {
            StratifiedSplit split = StratifiedSplit.of(all, examples, new Seed(3).stream("split"));

            assertThat(split.taken().size()).isEqualTo(examples);
            assertThat(numbers(split.taken())).isSorted();
            assertThat(numbers(split.rest())).isSorted();
            List<Integer> both = numbers(split.taken());
            both.addAll(numbers(split.rest()));
            assertThat(both).containsExactlyInAnyOrderElementsOf(numbers(all));
            for (int size : split.taken().sizesByClass()) {
                assertThat((double) size).isCloseTo(examples / 3.0, offset(1.0));
            }
        }
    }

    @Test
    void split_withAnotherSeed_takesOthers() {
        ImageSet all = Pictures.numbered(100);

        ImageSet first =
                StratifiedSplit.of(all, 30, new Seed(3).stream("split")).taken();
        ImageSet again =
                StratifiedSplit.of(all, 30, new Seed(3).stream("split")).taken();
        ImageSet other =
                StratifiedSplit.of(all, 30, new Seed(4).stream("split")).taken();

        assertThat(numbers(again)).isEqualTo(numbers(first));
        assertThat(numbers(other)).isNotEqualTo(numbers(first));
    }

    @Test
    void split_ofMoreThanThereAre_isRefused() {
        assertThatThrownBy(() -> StratifiedSplit.of(Pictures.numbered(9), 10, new Seed(3).stream("split")))
                .isInstanceOf(AssayException.class)
                .hasMessage("Of 9 examples 10 were asked for; it must be at least 0 and at most all of them.");
    }

    private static List<Integer> numbers(ImageSet images) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            numbers.add((int) images.picture(i)[0]);
        }
        return numbers;
    }
}
