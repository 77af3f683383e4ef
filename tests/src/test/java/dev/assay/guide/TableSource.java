package dev.assay.guide;

import dev.assay.config.ByteSize;
import dev.assay.config.Config;
import dev.assay.config.Derived;
import dev.assay.config.Doc;
import dev.assay.config.FormerName;
import dev.assay.config.Secret;
import dev.assay.config.Validated;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** Where a table is fetched from. */
@Config
public interface TableSource extends Validated {
    @Doc("Address of the table.")
    @FormerName("url")
    String address();

    @Doc("What the server wants to see.")
    Optional<Secret> token();

    @Doc("Most bytes that are kept.")
    @Value.Default
    default ByteSize kept() {
        return new ByteSize(512 << 20);
    }

    @Doc("Columns of the table.")
    @Derived
    OptionalInt columns();
}
