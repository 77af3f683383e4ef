package dev.assay.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The SQL that makes a store, a script a version; a store of version n has had the first n scripts. */
public final class StoreSql {
    private static final int VERSIONS = 4;

    private StoreSql() {}

    /** The scripts for SQLite in order, each as its statements. */
    public static List<List<String>> sqlite() {
        return versions("sqlite");
    }

    /** The same for PostgreSQL: the same tables and views. */
    public static List<List<String>> postgresql() {
        return versions("postgresql");
    }

    private static List<List<String>> versions(String engine) {
        List<List<String>> versions = new ArrayList<>();
        for (int version = 1; version <= VERSIONS; version++) {
            versions.add(statements("store/" + engine + "/V" + version + ".sql"));
        }
        return List.copyOf(versions);
    }

    private static List<String> statements(String resource) {
        String script = read(resource)
                .lines()
                .filter(line -> !line.strip().startsWith("--"))
                .collect(Collectors.joining("\n"));
        return List.of(script.split(";\\s*", -1)).stream()
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String read(String resource) {
        try (InputStream in = StoreSql.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The contract " + resource + " is missing from this build.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
