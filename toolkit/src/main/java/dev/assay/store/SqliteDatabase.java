package dev.assay.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.BusyHandler;

/**
 * A SQLite file in WAL mode. One connection, used by one thread at a time, in the order they came; SQLite's own lock lets one process write, and a
 * {@link WriteQueue} says which.
 */
final class SqliteDatabase implements Database {
    /** What SQLite says when there is no room. */
    private static final int FULL = 13;

    /** Its codes have more bits than those that say what it is. */
    private static final int PRIMARY_CODE = 0xff;

    private final StoreAddress address;
    private final Connection connection;
    private final Jdbi jdbi;
    private final WriteQueue queue;
    private final Clock clock;
    private final ReentrantLock use = new ReentrantLock(true);

    private SqliteDatabase(StoreAddress address, Connection connection, WriteQueue queue, Clock clock) {
        this.address = address;
        this.connection = connection;
        this.queue = queue;
        this.jdbi = Jdbi.create(connection);
        this.clock = clock;
    }

    /**
     * Opens the file and brings it to the current version, exactly once, whoever else is opening it. Opens take turns, between processes by a
     * lock on a file beside the store and within one by a monitor: SQLite does not wait when two turn a new file to WAL at once, it refuses
     * one of them.
     */
    static synchronized SqliteDatabase open(StoreAddress address, List<List<String>> scripts, Clock clock) {
        Path file = address.file();
        try {
            Files.createDirectories(address.directory());
            Path lock = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel turn = FileChannel.open(
                    lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                FileLock unused = turn.lock();
                WriteQueue queue = WriteQueue.of(turn);
                return new SqliteDatabase(address, upgraded(new StoreVersions(address, scripts), file), queue, clock);
            }
        } catch (SQLException | IOException e) {
            if (FullDisk.isAt(address.directory())) {
                throw full(address, e);
            }
            throw new StoreException("The store (" + address + ") cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    private static StoreException full(StoreAddress address, Exception cause) {
        return new StoreException(FullDisk.sentence("The store (" + address + ")"), cause);
    }

    private static Connection upgraded(StoreVersions versions, Path file) throws SQLException {
        SqliteLibrary.prepare();
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties());
        try {
            if (!versions.isCurrent(connection)) {
                connection.setAutoCommit(false);
                versions.upgrade(connection);
                connection.commit();
                connection.setAutoCommit(true);
            }
            BusyHandler.setHandler(connection, new Retry());
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** What a writer does who finds another at it in spite of the queue: asks again soon, at times nobody else asks at. */
    private static final class Retry extends BusyHandler {
        private static final long PATIENCE = Duration.ofSeconds(60).toNanos();
        private static final long LONGEST_PAUSE = Duration.ofMillis(1).toNanos();

        private long since;

        @Override
        protected int callback(int askedBefore) {
            since = askedBefore == 0 ? System.nanoTime() : since;
            if (System.nanoTime() - since > PATIENCE) {
                return 0;
            }
            // The clock's last digits are as good as drawn ones for waiters that are not to come back together.
            WriteQueue.pause(Math.floorMod(System.nanoTime(), LONGEST_PAUSE));
            return 1;
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

    @Override
    public <T> T read(Function<Handle, T> body) {
        use.lock();
        try {
            return jdbi.withHandle(body::apply);
        } finally {
            use.unlock();
        }
    }

    @Override
    public <T> T transaction(Function<Handle, T> body) {
        use.lock();
        long ticket = queue.enter();
        try {
            return jdbi.inTransaction(body::apply);
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException sql && (sql.getErrorCode() & PRIMARY_CODE) == FULL) {
                throw full(address, e);
            }
            throw e;
        } finally {
            queue.leave(ticket);
            use.unlock();
        }
    }

    @Override
    public long now(Handle handle) {
        return clock.millis();
    }

    @Override
    public String pickingOne() {
        return "";
    }

    @Override
    public void close() {
        use.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("The store (" + address + ") cannot be closed: " + e.getMessage(), e);
        } finally {
            use.unlock();
        }
    }
}
