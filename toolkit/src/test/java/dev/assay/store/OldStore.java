package dev.assay.store;

import dev.assay.schemas.StoreSql;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that opens a store for which this program has newer versions. */
public final class OldStore {
    private OldStore() {}

    /** Scripts that would fail if they were run twice, or not all of them. */
    static List<List<String>> newer(List<List<String>> scripts) {
        List<List<String>> newer = new ArrayList<>(scripts);
        newer.add(List.of("ALTER TABLE trial ADD COLUMN colour TEXT", "UPDATE trial SET colour = 'red'"));
        newer.add(List.of("ALTER TABLE trial RENAME COLUMN colour TO hue"));
        return newer;
    }

    public static void main(String[] args) {
        StoreAddress address = StoreAddress.parse(System.getenv("ASSAY_STORE"));
        try (Database database = open(address)) {
            String hue = database.read(handle -> handle.createQuery("SELECT hue FROM trial")
                    .mapTo(String.class)
                    .one());
            System.exit(hue.equals("red") ? 0 : 1);
        }
    }

    private static Database open(StoreAddress address) {
        return address.isServer()
                ? PostgresDatabase.open(address, newer(StoreSql.postgresql()), Duration.ZERO)
                : SqliteDatabase.open(address, newer(StoreSql.sqlite()), Clock.systemUTC());
    }
}
