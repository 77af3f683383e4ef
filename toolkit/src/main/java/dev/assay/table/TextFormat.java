package dev.assay.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** A format that needs no library. */
record TextFormat(String name, Function<FieldTable, String> text) implements TableFormat {

    @Override
    public void write(FieldTable table, OutputStream out) throws IOException {
        out.write(text.apply(table).getBytes(StandardCharsets.UTF_8));
    }
}
