package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("C1")
class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0B, 0, 0B",
        "512MiB, 536870912, 512MiB",
        "1.5GB, 1500000000, 1500MB",
        "1.5GiB, 1610612736, 1536MiB",
        "1 TB, 1000000000000, 1TB",
        "2KB, 2000, 2kB",
        "1023B, 1023, 1023B",
        "9223372036854775807B, 9223372036854775807, 9223372036854775807B"
    })
    void parse_everyUnit_isReadAndWritten(String written, long bytes, String canonical) {
        assertThat(ByteSize.parse(written)).contains(new ByteSize(bytes));
        assertThat(new ByteSize(bytes)).hasToString(canonical);
        assertThat(ByteSize.parse(canonical)).contains(new ByteSize(bytes));
    }

    @ParameterizedTest
    @CsvSource({"''", "12", "MiB", "1.5B", "-1kB", "1Mb", "1 000kB", "8388608TiB", "9223372036854775808B", "1.MB"})
    void parse_whatIsNoSize_isEmpty(String written) {
        assertThat(ByteSize.parse(written)).isEmpty();
    }

    @Test
    void of_negativeBytes_isRefused() {
        assertThatThrownBy(() -> new ByteSize(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The bytes (-1) must not be negative.");
        assertThat(new ByteSize(1)).isLessThan(new ByteSize(2));
    }
}
