package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D4")
class FilterTest {
    private static final ImageSet ALL = Pictures.numbered(12);

    @Test
    void filter_byExampleAndClass_composes() {
        IntPredicate ofAOrC = ALL.isOf(List.of("a", "c"));

        assertThat(numbers(ALL.filter(ofAOrC))).containsExactly(0, 2, 3, 5, 6, 8, 9, 11);
        assertThat(numbers(ALL.filter(ofAOrC.and(example -> example > 4)))).containsExactly(5, 6, 8, 9, 11);
        assertThat(numbers(ALL.filter(ofAOrC.negate().or(example -> example == 0))))
                .containsExactly(0, 1, 4, 7, 10);
        assertThat(numbers(ALL.filter(example -> example > 4).filter(example -> example == 0)))
                .containsExactly(5);
        assertThat(numbers(ALL.filter(example -> false))).isEmpty();
    }

    @Test
    void filter_leavesLabelsClassesAndPlaces() {
        ImageSet kept = ALL.filter(ALL.isOf(List.of("c")));

        assertThat(kept.classes()).containsExactly("a", "b", "c");
        assertThat(kept.sizesByClass()).containsExactly(0, 0, 4);
        assertThat(kept.place(1)).isEqualTo(5);
    }

    @Test
    void renumbered_numbersLabelsInTheOrderOfTheNames() {
        ImageSet kept = ALL.select(11, 10, 9, 8).renumbered(List.of("c", "a"));

        assertThat(kept.classes()).containsExactly("c", "a");
        assertThat(numbers(kept)).containsExactly(11, 9, 8);
        assertThat(List.of(kept.label(0), kept.label(1), kept.label(2))).containsExactly(0, 1, 0);
        assertThat(kept.sizesByClass()).containsExactly(2, 1);
        assertThat(numbers(kept.select(2))).containsExactly(8);
    }

    @Test
    void classes_thatDoNotExist_areRefused() {
        Collection<String> unknown = List.of("a", "x");

        assertThatThrownBy(() -> ALL.isOf(unknown))
                .isInstanceOf(AssayException.class)
                .hasMessage("There is no class (x); the classes are [a, b, c].");
        assertThatThrownBy(() -> ALL.renumbered(List.of("a", "a")))
                .isInstanceOf(AssayException.class)
                .hasMessage(
                        "Labels cannot be numbered by the classes [a, a]; there must be at least one, and each once.");
        assertThatThrownBy(() -> ALL.renumbered(List.of())).isInstanceOf(AssayException.class);
    }

    private static List<Integer> numbers(ImageSet images) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            numbers.add((int) images.picture(i)[0]);
        }
        return numbers;
    }
}
