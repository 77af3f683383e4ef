package dev.assay.guide;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Stateless;
import dev.assay.config.Validated;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.util.Optional;
import org.immutables.value.Value;

/** What is learned from. */
@Config
public interface TableData extends Validated {
    @Doc("Rows that are read.")
    @Positive int rows();

    @Doc("Where the table lies.")
    @Stateless
    Optional<Path> file();

    @Doc("Whether the rows are shuffled.")
    @Value.Default
    default boolean shuffled() {
        return true;
    }
}
