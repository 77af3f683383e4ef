package dev.assay.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --store}. */
final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "FILE",
            defaultValue = ".assay/store.db",
            description = "The store; weights, logs and reports lie beside it. Default: ${DEFAULT-VALUE}")
    Path file = Path.of(".assay", "store.db");
}
