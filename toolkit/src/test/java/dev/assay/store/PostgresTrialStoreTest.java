package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresTrialStoreTest extends TrialStoreContract {
    @Override
    StoreAddress newAddress() {
        return PostgresServer.newDatabase();
    }

    @Override
    String url(StoreAddress address) {
        return address.secretText();
    }

    @Test
    void openExisting_emptyDatabase_isNone() {
        assertThat(TrialStore.openExisting(PostgresServer.newDatabase())).isEmpty();
        assertThat(TrialStore.openExisting(address)).hasValueSatisfying(TrialStore::close);
    }

    @Test
    void open_noSuchDatabase_saysSoWithoutThePassword() {
        String url = address.secretText().replaceFirst("/store\\d+", "/nowhere") + "&password=secret";

        assertThatThrownBy(() -> TrialStore.open(StoreAddress.parse(url)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("&password=***) cannot be used: FATAL: database \"nowhere\" does not exist");
    }

    @Test
    void read_afterTheConnectionBroke_connectsAgain() throws Exception {
        store.put(experiment("a"), java.util.List.of(trial(1)));
        try (var connection = java.sql.DriverManager.getConnection(url(address));
                var statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }

        assertThat(store.trialsOf("a")).hasSize(1);
        assertThat(store.lease("a", "w1", TEN_SECONDS)).isPresent();
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        StoreAddress newAddress() {
            return PostgresTrialStoreTest.this.newAddress();
        }

        @Override
        String url(StoreAddress address) {
            return PostgresTrialStoreTest.this.url(address);
        }
    }
}
