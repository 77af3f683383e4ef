package dev.assay.store;

import dev.assay.schemas.StoreSql;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** Opens a SQLite file in WAL mode and brings it to the current version, exactly once, whoever else is opening it. */
final class SqliteDatabase {
    private SqliteDatabase() {}

    /**
     * Opens take turns, between processes by a lock on a file beside the store and within one by a monitor: SQLite does not wait when two
     * turn a new file to WAL at once, it refuses one of them.
     */
    static synchronized Connection open(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            Path lock = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel turn = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileLock unused = turn.lock();
                return migrated(file);
            }
        } catch (SQLException | IOException e) {
            throw new StoreException("The store (" + file + ") cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    private static Connection migrated(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties());
        try {
            migrate(file, connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put("journal_mode", "WAL");
        properties.put("synchronous", "NORMAL");
        properties.put("busy_timeout", "60000");
        properties.put("foreign_keys", "true");
        // Readers that become writers half-way would fail at once instead of waiting.
        properties.put("transaction_mode", "IMMEDIATE");
        return properties;
    }

    private static void migrate(Path file, Connection connection) throws SQLException {
        List<List<String>> versions = StoreSql.sqlite();
        if (version(connection) == versions.size()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            // Read under the lock: another process may have been here meanwhile.
            int version = version(connection);
            if (version > versions.size()) {
                statement.execute("ROLLBACK");
                throw new StoreException("The store (" + file + ") has version " + version
                        + "; this program knows versions up to " + versions.size()
                        + ".\nMaybe it was made by a newer Assay.");
            }
            for (List<String> script : versions.subList(version, versions.size())) {
                for (String sql : script) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA user_version = " + versions.size());
            statement.execute("COMMIT");
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }
}
