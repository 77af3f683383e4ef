package dev.assay.launching;

import dev.assay.store.StoreAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;

/** A PostgreSQL server of this machine that containers reach too, with a password. */
final class ReachableStore implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final String password;

    private ReachableStore(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    static ReachableStore start(Path folder, String password) throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setServerConfig("listen_addresses", "*")
                .setPGStartupWait(Duration.ofSeconds(60))
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start();
        // Every network that this machine is in: those that an engine makes for containers are such.
        Files.writeString(
                folder.resolve("pg_hba.conf"), "\nhost all all samenet scram-sha-256\n", StandardOpenOption.APPEND);
        ReachableStore store = new ReachableStore(server, password);
        store.execute("CREATE ROLE assay LOGIN SUPERUSER PASSWORD '" + password + "'");
        store.execute("SELECT pg_reload_conf()");
        return store;
    }

    private void execute(String statement) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    /** A new database, by the address that containers know this machine by. */
    StoreAddress newDatabase(String host, String name) throws SQLException {
        execute("CREATE DATABASE " + name);
        return StoreAddress.parse(
                "jdbc:postgresql://" + host + ":" + server.getPort() + "/" + name + "?user=assay&password=" + password);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
