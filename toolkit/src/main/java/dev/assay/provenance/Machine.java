package dev.assay.provenance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The machine, as far as the operating system tells of it. */
final class Machine {
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path GPUS = Path.of("/proc/driver/nvidia/gpus");
    private static final Path GPU_DRIVER = Path.of("/proc/driver/nvidia/version");

    private Machine() {}

    static void describe(ObjectNode node) {
        node.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        node.put("architecture", System.getProperty("os.arch"));
        first(CPU, "model name\\s*:\\s*(.+)").ifPresent(model -> node.put("cpu", model));
        first(CPU, "flags\\s*:\\s*(.+)").map(Machine::vectors).ifPresent(found -> node.put("cpuVectors", found));
        node.put("cores", Runtime.getRuntime().availableProcessors());
        first(MEMORY, "MemTotal:\\s*(\\d+) kB").ifPresent(memory -> node.put("memoryKiB", Long.parseLong(memory)));
        first(GPU_DRIVER, "(NVRM version:.+)").ifPresent(driver -> node.put("gpuDriver", driver));
        gpus().ifPresent(found -> node.put("gpus", found));
        node.put("locale", Locale.getDefault().toLanguageTag());
        host().ifPresent(name -> node.put("host", name));
    }

    /** What instructions libraries choose among; they differ in their last digits. */
    private static String vectors(String flags) {
        List<String> all = List.of(flags.split(" ", -1));
        return String.join(
                " ",
                List.of("avx", "avx2", "fma", "avx512f", "avx512_bf16", "amx_tile").stream()
                        .filter(all::contains)
                        .toList());
    }

    private static Optional<String> first(Path file, String pattern) {
        return Provenance.text(file)
                .map(Pattern.compile(pattern)::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1).strip());
    }

    private static Optional<String> gpus() {
        try (Stream<Path> all = Files.list(GPUS)) {
            return Optional.of(all.sorted()
                    .flatMap(each -> first(each.resolve("information"), "Model:\\s*(.+)").stream())
                    .collect(Collectors.joining(", ")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> host() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
