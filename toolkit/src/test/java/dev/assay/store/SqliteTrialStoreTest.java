package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTrialStoreTest extends TrialStoreContract {
    @TempDir
    Path folder;

    @Override
    StoreAddress newAddress() {
        return StoreAddress.of(folder.resolve("store.db"));
    }

    @Override
    String url(StoreAddress address) {
        return "jdbc:sqlite:" + address;
    }

    @Test
    void open_notAStore_saysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.db"), "dear diary, this is no database at all");

        assertThatThrownBy(() -> TrialStore.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("The store (" + file + ") cannot be opened");
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        StoreAddress newAddress() {
            return SqliteTrialStoreTest.this.newAddress();
        }

        @Override
        String url(StoreAddress address) {
            return SqliteTrialStoreTest.this.url(address);
        }
    }
}
