package dev.assay.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A format that needs no library. */
record TextFormat(String name, Function<FieldTable, String> text) implements TableFormat {

    @Override
    public void write(FieldTable table, Path file) throws IOException {
        Files.writeString(file, text.apply(table));
    }
}
