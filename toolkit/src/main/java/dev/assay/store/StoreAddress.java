package dev.assay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Where a store is: a SQLite file, or a database of a PostgreSQL server. Immutable.
 *
 * <p>Weights, logs and reports are files in either case. They lie beside a SQLite file, and below {@code .assay} in the working directory
 * for a server.
 */
public final class StoreAddress {
    private static final String SERVER = "jdbc:postgresql:";
    private static final String JDBC = "jdbc:";

    private final String text;

    private StoreAddress(String text) {
        this.text = text;
    }

    /** The store in that file. */
    public static StoreAddress of(Path file) {
        return new StoreAddress(file.toString());
    }

    /**
     * Reads a file's path or a server's URL, {@code jdbc:postgresql://host/database?user=…}.
     *
     * @throws StoreException if it is the URL of something else
     */
    public static StoreAddress parse(String text) {
        if (text.startsWith(JDBC) && !text.startsWith(SERVER)) {
            throw new StoreException("The store (" + withoutPassword(text) + ") must be a file or begin with " + SERVER
                    + "//.\nMaybe a file was meant: give its path without jdbc:.");
        }
        return new StoreAddress(text);
    }

    /**
     * The address that an environment tells: in {@code ASSAY_STORE}, or in the file that {@code ASSAY_STORE_FILE} names, where a password is safer; else
     * {@code .assay/store.db}.
     *
     * @throws StoreException if there is no such file, or what it says is no address
     */
    public static StoreAddress ofEnvironment(Map<String, String> environment) {
        String said = environment.get("ASSAY_STORE");
        String file = environment.get("ASSAY_STORE_FILE");
        if (said == null && file != null) {
            try {
                return parse(Files.readString(Path.of(file)).strip());
            } catch (IOException e) {
                throw new StoreException(
                        "The file (" + file + ") with the store's address, which ASSAY_STORE_FILE names, cannot be"
                                + " read: " + e.getMessage());
            }
        }
        return parse(said == null ? ".assay/store.db" : said);
    }

    /** Whether it is a server, and not a file. */
    public boolean isServer() {
        return text.startsWith(SERVER);
    }

    /** The SQLite file; of a server's address there is none. */
    public Path file() {
        if (isServer()) {
            throw new IllegalStateException(this + " is no file.");
        }
        return Path.of(text);
    }

    /** What {@link #parse} reads, with everything that is needed to open it: not to be printed. */
    public String secretText() {
        return isServer() ? text : file().toAbsolutePath().toString();
    }

    /** Folder of weights, logs and reports. */
    public Path directory() {
        return isServer()
                ? Path.of(".assay").toAbsolutePath()
                : Objects.requireNonNull(file().toAbsolutePath().normalize().getParent());
    }

    /** For people: without the password. */
    @Override
    public String toString() {
        return withoutPassword(text);
    }

    private static String withoutPassword(String text) {
        return text.replaceAll("(?i)(password=)[^&]*", "$1***").replaceAll("(://[^/@:]*:)[^/@]*@", "$1***@");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoreAddress address && address.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
