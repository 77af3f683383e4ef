package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T11")
class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "*.bias, a.b.bias, true",
        "*.bias, a.bias.x, false",
        "a.?.b, a.7.b, true",
        "a.?.b, a.17.b, false",
        "a.?.b, a..b, false",
        "a**b, ab, true",
        "A, a, false",
        "a+, aa, false",
        "*a*b*, xaxbx, true",
        "*a*b*, xbxax, false",
        "'*.bias, *.beta', 1.beta, true",
        "'*.bias, *.beta', 1.gamma, false",
    })
    void matches_pattern_isAsWritten(String pattern, String name, boolean expected) {
        assertThat(NamePattern.parse(pattern).matches(name)).isEqualTo(expected);
    }

    @Test
    void nearest_alternatives_countsTheCloser() {
        assertThat(NamePattern.parse("*.biass, head.*").nearest(List.of("0.weight", "0.bias", "heat.w"), 2))
                .containsExactly("0.bias", "heat.w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a,", ",a", "a, ,b"})
    void parse_blankAlternative_isRefused(String text) {
        assertThatThrownBy(() -> NamePattern.parse(text))
                .isInstanceOf(AssayException.class)
                .hasMessage("A pattern of names (" + text + ") is blank; (*) stands for all names.");
    }
}
