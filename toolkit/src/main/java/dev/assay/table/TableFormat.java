package dev.assay.table;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A format of files that tables are exported to. Implementations are found by {@link java.util.ServiceLoader}, so each is named in
 * {@code META-INF/services/dev.assay.table.TableFormat}; CSV and JSON are always there.
 */
public interface TableFormat {

    /** What it is called, and what its files end with: {@code csv}. */
    String name();

    /** Writes a table, over what is there. */
    void write(FieldTable table, Path file) throws IOException;
}
