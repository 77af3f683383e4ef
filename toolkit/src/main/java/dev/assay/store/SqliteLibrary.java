package dev.assay.store;

import dev.assay.provenance.ClassPathDigests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Has the driver load its native library from the user's cache. By itself it writes a megabyte to the temporary folder in every process, asks another program
 * what system this is, and leaves the file behind when it is killed.
 */
final class SqliteLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";
    private static final String FILE = "libsqlitejdbc.so";
    private static final String RESOURCE = "/org/sqlite/native/Linux/x86_64/" + FILE;

    private SqliteLibrary() {}

    /** To be called before the driver is used; where it cannot be done the driver does without. */
    static synchronized void prepare() {
        if (System.getProperty(PATH) != null || !isKnownMachine()) {
            return;
        }
        Path folder =
                ClassPathDigests.userCache().resolve("natives").resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
        try {
            if (!Files.exists(folder.resolve(FILE))) {
                unpack(folder.resolve(FILE));
            }
            System.setProperty(PATH, folder.toString());
            System.setProperty(NAME, FILE);
        } catch (IOException e) {
            LOG.debug("The library of SQLite is not kept in {}.", folder, e);
        }
    }

    /** That of which Assay is tested on; on all others the driver knows best. */
    private static boolean isKnownMachine() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")
                && Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"));
    }

    private static void unpack(Path library) throws IOException {
        try (InputStream in = Optional.ofNullable(SQLiteJDBCLoader.class.getResourceAsStream(RESOURCE))
                .orElseThrow(() -> new IOException("There is no " + RESOURCE + "."))) {
            AtomicFile.write(library, in.readAllBytes());
        }
    }
}
