package dev.assay.store;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A new store for each test of what every store must do, whatever engine is below it. */
abstract class StoreContract {
    static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    static final JsonMapper JSON = JsonMapper.builder().build();

    StoreAddress address;

    TrialStore store;

    final List<TrialStore> later = new ArrayList<>();

    /** Where a store can be made. */
    abstract StoreAddress newAddress();

    /** What JDBC calls that. */
    abstract String url(StoreAddress address);

    @BeforeEach
    void open() {
        address = newAddress();
        store = TrialStore.open(address);
    }

    @AfterEach
    void close() {
        later.forEach(TrialStore::close);
        store.close();
    }

    final void execute(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url(address));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    final List<List<Object>> rows(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url(address));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (row.next()) {
                List<Object> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    Object value = row.getObject(i);
                    values.add(value instanceof Integer small ? (Object) small.longValue() : value);
                }
                rows.add(values);
            }
            return rows;
        }
    }

    final long count(String table) throws Exception {
        try (var connection = DriverManager.getConnection(url(address));
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    static Ending failed(String cause) {
        return Ending.failed(Failure.of(FailureKind.ERROR), cause);
    }

    static Experiment experiment(String name) {
        return new Experiment(name, Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of());
    }

    static TrialSpec trial(int seed) {
        ObjectNode config = (ObjectNode)
                JSON.readTree("{\"data\": {\"kind\": \"d\"}, \"model\": {}, \"train\": {}, \"seed\": " + seed + "}");
        return new TrialSpec("trial" + seed, "w", "data", "model", "train", "seed" + seed, config, Optional.empty());
    }
}
