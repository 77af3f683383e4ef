package dev.assay.table;

import dev.assay.error.AssayException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The formats of files that this application can export tables to. */
public final class TableFormats {
    private static final List<TableFormat> OWN = List.of(
            new TextFormat("csv", FieldTable::csv),
            new TextFormat("json", table -> table.json().toPrettyString() + "\n"));

    /** Formats that are made in modules of their own, by what to add to an application. */
    private static final Map<String, String> MODULES = Map.of("parquet", "dev.assay:parquet");

    private TableFormats() {}

    /**
     * The format of that name.
     *
     * @throws AssayException if there is none, with those there are and what would bring it
     */
    public static TableFormat named(String name) {
        Map<String, TableFormat> known = new TreeMap<>();
        OWN.forEach(format -> known.put(format.name(), format));
        ServiceLoader.load(TableFormat.class).forEach(format -> known.put(format.name(), format));
        TableFormat found = known.get(name);
        if (found == null) {
            String module = MODULES.get(name);
            throw new AssayException("The format (" + name + ") must be one of " + String.join(", ", known.keySet())
                    + "."
                    + (module == null
                            ? ""
                            : "\nMaybe the module " + module + " is to be added to the application's dependencies."));
        }
        return found;
    }
}
