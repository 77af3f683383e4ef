package dev.assay.config;

import java.nio.file.Path;
import java.util.Optional;
import org.immutables.value.Value;

/** Where pictures come from. */
public sealed interface ExampleData extends Validated {

    /** From files. */
    @Config
    @Kind("files")
    non-sealed interface Files extends ExampleData {
        @Stateless
        Path dir();

        @Value.Default
        default boolean shuffled() {
            return true;
        }
    }

    /** Made up. */
    @Config
    @Kind("synthetic")
    non-sealed interface Synthetic extends ExampleData {
        Optional<String> note();

        @Value.Default
        default int pictures() {
            return 1000;
        }
    }
}
