package dev.assay.table;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A format of files that tables are exported to. Implementations are found by {@link java.util.ServiceLoader}, so each is named in
 * {@code META-INF/services/dev.assay.table.TableFormat}; CSV and JSON are always there.
 */
public interface TableFormat {

    /** What it is called, and what its files end with: {@code csv}. */
    String name();

    /** Writes a table; it may close what it writes to. */
    void write(FieldTable table, OutputStream out) throws IOException;
}
