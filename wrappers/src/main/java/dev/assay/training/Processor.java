package dev.assay.training;

import dev.assay.error.AssayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What this machine's processor can do. */
final class Processor {
    private static final Path FLAGS = Path.of("/proc/cpuinfo");
    private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16");

    private Processor() {}

    /** @throws AssayException if the processor has no instructions for matrix products in bfloat16 */
    static void requireBfloat16() {
        requireBfloat16(FLAGS);
    }

    static void requireBfloat16(Path file) {
        if (flags(file).stream().noneMatch(BFLOAT16::contains)) {
            throw new AssayException(
                    "The config asks for bfloat16, but this processor has none of the instructions "
                            + new TreeSet<>(BFLOAT16)
                            + ", so it would be slower than float32.\nMaybe another machine was meant, or train.execution.force.");
        }
    }

    private static List<String> flags(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Arrays.asList(line.split("\\s+")))
                    .orElse(List.of());
        } catch (IOException e) {
            return List.of();
        }
    }
}
