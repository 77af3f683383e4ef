package dev.assay.cli;

import dev.assay.config.ConfigReader;
import dev.assay.launch.Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --backend}. */
final class BackendOption {
    private static final ConfigReader<Backend> READER = ConfigReader.of(Backend.class);

    @Option(
            names = "--backend",
            paramLabel = "BACKEND",
            description = {
                "Where workers run: local, docker, kubernetes or slurm; or a YAML file that says more, or the same as text:"
                        + " --backend '{kind: docker, memory: 2GiB}'.",
                "Default: local."
            })
    private String text = "local";

    /** The backend that is meant, once it is checked. */
    Backend backend() {
        if (Files.isRegularFile(Path.of(text))) {
            return READER.read(Path.of(text), List.of());
        }
        return READER.parse(text.contains(":") ? text : "kind: " + text, "--backend");
    }
}
