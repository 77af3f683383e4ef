package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.FailureKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("P7")
class DeathTest {
    @ParameterizedTest
    @CsvSource({
        "3, false, HEAP_EXHAUSTED",
        "134, false, NATIVE_CRASH",
        "139, false, NATIVE_CRASH",
        "135, true, NATIVE_CRASH",
        "137, false, KILLED",
        "137, true, OUT_OF_MEMORY",
        "143, false, KILLED",
        "0, false, EXITED",
        "1, true, EXITED"
    })
    void of_exitStatus_isClassified(int status, boolean wasMemoryShort, FailureKind kind) {
        assertThat(Death.of(status, wasMemoryShort).kind()).isEqualTo(kind);
    }
}
