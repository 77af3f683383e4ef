package dev.assay.launching;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import dev.assay.containers.Docker;
import dev.assay.store.StoreAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.testcontainers.containers.GenericContainer;

/**
 * A PostgreSQL server in a container, which lets nobody in without the password. No image of one can be had where there is no network, so it is made of the programs
 * that tests have as a jar and of a database that they have made outside, which takes a shell.
 */
final class PostgresContainer extends GenericContainer<PostgresContainer> {
    static final String PASSWORD = "planted-4711";

    private static final String IMAGE = "assay/postgres:test";
    private static final String DATABASE = "contained";
    private static final String USER = "1234:1234";
    private static final int PORT = 5432;

    private PostgresContainer() {
        super(IMAGE);
        withExposedPorts(PORT);
    }

    /** @param folder for what the image is made of */
    static PostgresContainer create(Path folder) throws Exception {
        Path data = folder.resolve("data");
        Path programs = prepare(data);
        Jib.from(TarImage.at(Docker.baseImage()))
                .addFileEntriesLayer(FileEntriesLayer.builder()
                        .addEntryRecursive(
                                programs,
                                absolute("/opt/postgres"),
                                (file, inside) -> FilePermissions.fromOctalString("755"))
                        .build())
                .addFileEntriesLayer(FileEntriesLayer.builder()
                        .addEntryRecursive(
                                data,
                                absolute("/data"),
                                (file, inside) ->
                                        FilePermissions.fromOctalString(Files.isDirectory(file) ? "700" : "600"),
                                (file, inside) -> Instant.EPOCH,
                                (file, inside) -> USER)
                        .build())
                .setUser(USER)
                .setEntrypoint(
                        "/opt/postgres/bin/postgres",
                        "-D",
                        "/data",
                        "-c",
                        "listen_addresses=*",
                        "-c",
                        "unix_socket_directories=/tmp")
                .containerize(Containerizer.to(DockerDaemonImage.named(IMAGE)));
        return new PostgresContainer().withImagePullPolicy(name -> false);
    }

    private static AbsoluteUnixPath absolute(String path) {
        return AbsoluteUnixPath.get(path);
    }

    /** Makes the database; returns the folder of the programs. */
    private static Path prepare(Path data) throws Exception {
        Path programs;
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        // Others are not known inside.
                        .setLocaleConfig("locale", "C")
                        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                        .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                        .start();
                var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
            statement.execute("ALTER USER postgres PASSWORD '" + PASSWORD + "'");
            try (var found = statement.executeQuery("SELECT setting FROM pg_config WHERE name = 'BINDIR'")) {
                found.next();
                programs = Path.of(found.getString(1)).resolveSibling("");
            }
        }
        Files.writeString(
                data.resolve("pg_hba.conf"), "host all all all scram-sha-256\n", StandardOpenOption.TRUNCATE_EXISTING);
        return programs;
    }

    /** The store in it, as this machine and containers in its network reach it. */
    StoreAddress address() {
        return StoreAddress.parse("jdbc:postgresql://localhost:" + getMappedPort(PORT) + "/" + DATABASE
                + "?user=postgres&password=" + PASSWORD);
    }
}
