package dev.assay.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL server for tests, started when one first asks and stopped with the process. */
public final class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Started by the first who asks. */
    private static final class Started {
        static final Optional<EmbeddedPostgres> SERVER = start();
    }

    private PostgresServer() {}

    /** Address of a new and empty database; where no server can be had the test is skipped, and says so where nobody can miss it. */
    public static StoreAddress newDatabase() {
        EmbeddedPostgres running = Started.SERVER.orElseGet(() -> Assumptions.abort("There is no PostgreSQL server."));
        String name = "store" + DATABASES.incrementAndGet();
        try (var connection = running.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return StoreAddress.parse(running.getJdbcUrl("postgres", name));
    }

    private static Optional<EmbeddedPostgres> start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            return Optional.of(server);
        } catch (IOException | RuntimeException e) {
            System.err.println("!".repeat(100));
            System.err.println("!! NO TEST OF POSTGRESQL WILL RUN: no server could be started. " + e);
            System.err.println("!".repeat(100));
            return Optional.empty();
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            System.err.println("PostgreSQL could not be stopped: " + e.getMessage());
        }
    }
}
