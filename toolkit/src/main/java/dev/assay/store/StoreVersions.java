package dev.assay.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes and upgrades the tables of a store. A version is a script; a store remembers how many it has had. */
final class StoreVersions {
    private final StoreAddress store;
    private final List<List<String>> scripts;

    /** @param scripts what makes version 1, then what turns each version into the next */
    StoreVersions(StoreAddress store, List<List<String>> scripts) {
        this.store = store;
        this.scripts = scripts;
    }

    /** Whether nothing is left to do. */
    boolean isCurrent(Connection connection) throws SQLException {
        return version(connection) == scripts.size();
    }

    /**
     * Runs the scripts that are missing. To be called within a transaction that nobody else can be in at the same time.
     *
     * @throws StoreException if the store is of a newer program or something else
     */
    void upgrade(Connection connection) throws SQLException {
        int version = version(connection);
        if (version > scripts.size()) {
            throw new StoreException("The store (" + store + ") has version " + version
                    + "; this program knows versions up to " + scripts.size()
                    + ".\nMaybe it was made by a newer Assay.");
        }
        if (version == 0 && hasTable(connection, "trial")) {
            throw new StoreException("The store (" + store + ") has trials but no version.\n"
                    + "Maybe it was made by an Assay before its first release: name another, or move it away.");
        }
        try (Statement statement = connection.createStatement()) {
            if (version == 0) {
                statement.execute("CREATE TABLE store_version (version INTEGER PRIMARY KEY, at BIGINT NOT NULL)");
            }
            for (int i = version; i < scripts.size(); i++) {
                for (String sql : scripts.get(i)) {
                    statement.execute(sql);
                }
                statement.execute(
                        "INSERT INTO store_version VALUES (" + (i + 1) + ", " + System.currentTimeMillis() + ")");
            }
        }
    }

    /** Whether there is a store at all. */
    static boolean isThere(Connection connection) throws SQLException {
        return version(connection) > 0;
    }

    private static int version(Connection connection) throws SQLException {
        if (!hasTable(connection, "store_version")) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(version) FROM store_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static boolean hasTable(Connection connection, String name) throws SQLException {
        // Elsewhere in a server's database there may be a store of somebody else's.
        @Nullable String schema = connection.getSchema();
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(null, schema, name.toLowerCase(Locale.ROOT), new String[] {"TABLE"})) {
            return tables.next();
        }
    }
}
