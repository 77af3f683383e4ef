package dev.assay.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database of a PostgreSQL server. One connection, used by one thread at a time; when it breaks, what was under way is done again on a new
 * one, for as long as a server may take to come back.
 */
final class PostgresDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** Whoever upgrades a store holds this; any number will do that others do not use. */
    private static final long UPGRADE_LOCK = 0x61737361795631L;

    private static final String UNREACHABLE = "08";
    /** The server is shutting down, has crashed, is starting, or has no connection left. */
    private static final Set<String> COMES_BACK = Set.of("57P01", "57P02", "57P03", "53300");
    /** Two transactions were in each other's way. */
    private static final Set<String> IN_EACH_OTHERS_WAY = Set.of("40001", "40P01");

    private final StoreAddress address;
    private final Duration clockOffset;
    /** Made once, since it remembers the statements it has understood. */
    private final Jdbi jdbi = Jdbi.create(new ConnectionFactory() {
        @Override
        public Connection openConnection() throws SQLException {
            return connection();
        }

        @Override
        public void closeConnection(Connection open) {
            // It serves for the next statement, too.
        }
    });

    private @Nullable Connection connection;

    private PostgresDatabase(StoreAddress address, Duration clockOffset) {
        this.address = address;
        this.clockOffset = clockOffset;
    }

    /**
     * Connects and brings the tables to the current version, exactly once, whoever else is doing that.
     *
     * @param clockOffset by how much the server's clock is taken to be late
     */
    static PostgresDatabase open(StoreAddress address, List<List<String>> scripts, Duration clockOffset) {
        PostgresDatabase database = new PostgresDatabase(address, clockOffset);
        StoreVersions versions = new StoreVersions(address, scripts);
        database.patiently(connection -> {
            if (!versions.isCurrent(connection)) {
                upgrade(versions, connection);
            }
            return true;
        });
        return database;
    }

    private static void upgrade(StoreVersions versions, Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement lock = connection.createStatement()) {
            // Held until the transaction ends.
            lock.execute("SELECT pg_advisory_xact_lock(" + UPGRADE_LOCK + ")");
            versions.upgrade(connection);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Whether the database has a store in it. */
    static boolean isThere(StoreAddress address) {
        PostgresDatabase database = new PostgresDatabase(address, Duration.ZERO);
        try (database) {
            return database.patiently(StoreVersions::isThere);
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    @Override
    public <T> T read(Function<Handle, T> body) {
        return patiently(open -> jdbi.withHandle(body::apply));
    }

    @Override
    public <T> T transaction(Function<Handle, T> body) {
        return patiently(open -> jdbi.inTransaction(body::apply));
    }

    private synchronized <T> T patiently(Work<T> work) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return work.on(connection());
            } catch (SQLException | RuntimeException e) {
                String state = state(e).orElse("");
                boolean isBroken = state.startsWith(UNREACHABLE) || COMES_BACK.contains(state);
                if (isBroken) {
                    disconnect();
                }
                if ((!isBroken && !IN_EACH_OTHERS_WAY.contains(state))
                        || System.nanoTime() > deadline
                        || !slept(pause)) {
                    throw explained(e, isBroken);
                }
                LOG.debug("The store ({}) is tried again: {}", address, e.getMessage());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private RuntimeException explained(Exception e, boolean isBroken) {
        if (e instanceof RuntimeException known && !isBroken) {
            return known;
        }
        return new StoreException(
                "The store (" + address + ") cannot be " + (isBroken ? "reached" : "used") + ": " + e.getMessage()
                        + (isBroken ? "\nMaybe its server is not running, or --store names another." : ""),
                e);
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<String> state(Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.of(sql.getSQLState());
            }
        }
        return Optional.empty();
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = DriverManager.getConnection(address.secretText(), properties());
        }
        return connection;
    }

    private static Properties properties() {
        // What the address says comes before these.
        Properties properties = new Properties();
        properties.put("connectTimeout", "10");
        // Without it a server that has vanished from the network would be waited for for ever.
        properties.put("socketTimeout", "30");
        properties.put("tcpKeepAlive", "true");
        properties.put("reWriteBatchedInserts", "true");
        properties.put("ApplicationName", "assay");
        return properties;
    }

    @Override
    public long now(Handle handle) {
        // The server's clock, since those of its users need not agree.
        return handle.createQuery("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT")
                        .mapTo(Long.class)
                        .one()
                + clockOffset.toMillis();
    }

    @Override
    public String pickingOne() {
        return " FOR UPDATE OF trial SKIP LOCKED";
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("A broken connection could not be closed: {}", e.getMessage());
        }
        connection = null;
    }

    @Override
    public synchronized void close() {
        disconnect();
    }
}
