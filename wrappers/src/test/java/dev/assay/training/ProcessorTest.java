package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T10")
class ProcessorTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fpu avx512f avx512_bf16 sse", "amx_bf16 amx_tile"})
    void requireBfloat16_withInstructionsForIt_isContent(String flags) {
        assertThatCode(() -> Processor.requireBfloat16(described(flags))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fpu avx2 avx512f", "bf16", ""})
    void requireBfloat16_without_isRefusedWithTheReason(String flags) {
        assertThatThrownBy(() -> Processor.requireBfloat16(described(flags)))
                .isInstanceOf(AssayException.class)
                .hasMessage("The config asks for bfloat16, but this processor has none of the instructions"
                        + " [amx_bf16, avx512_bf16], so it would be slower than float32."
                        + "\nMaybe another machine was meant, or train.execution.force.");
    }

    @Test
    void requireBfloat16_whereNothingIsKnown_isRefused() {
        assertThatThrownBy(() -> Processor.requireBfloat16(folder.resolve("none")))
                .isInstanceOf(AssayException.class);
    }

    private Path described(String flags) throws Exception {
        return Files.writeString(folder.resolve("cpuinfo"), "processor\t: 0\nflags\t\t: " + flags + "\nbogomips: 1\n");
    }
}
