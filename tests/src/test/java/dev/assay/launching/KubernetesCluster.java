package dev.assay.launching;

import dev.assay.store.StoreAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real Kubernetes of two nodes on this machine, with a PostgreSQL server that pods reach and a folder that all nodes see. It is started once for all
 * tests and ends with them.
 */
final class KubernetesCluster {
    /** What pods must never show to anybody; the server takes any password. */
    static final String PASSWORD = "planted-secret";

    /** This machine, as pods see it. */
    static final String HOST = "172.31.241.1";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String image;
    private final Path script;
    private final Path state;
    private final Path share;
    private final EmbeddedPostgres server;

    private KubernetesCluster(String image, Path script, Path state, Path share, EmbeddedPostgres server) {
        this.image = image;
        this.script = script;
        this.state = state;
        this.share = share;
        this.server = server;
    }

    /** The cluster, with the image of {@link dev.assay.crashes.Tally}. */
    static KubernetesCluster get() {
        return Holder.CLUSTER;
    }

    private static final class Holder {
        static final KubernetesCluster CLUSTER = start();
    }

    private static KubernetesCluster start() {
        try {
            String image = TallyImage.inEngine();
            Path folder = Files.createTempDirectory("assay-kubernetes");
            Path script = folder.resolve("cluster.sh");
            try (InputStream in =
                    Objects.requireNonNull(KubernetesCluster.class.getResourceAsStream("kubernetes-cluster.sh"))) {
                Files.copy(in, script);
            }
            Path share = Files.createDirectory(folder.resolve("share"));
            KubernetesCluster cluster = new KubernetesCluster(
                    image, script, folder.resolve("state"), share, server(folder.resolve("server")));
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::down, "cluster"));
            cluster.script("up", share.toString());
            cluster.script("load", image);
            return cluster;
        } catch (Exception e) {
            throw new IllegalStateException("There is no cluster.", e);
        }
    }

    /** Pods come from addresses of their own. */
    private static EmbeddedPostgres server(Path folder) throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setServerConfig("listen_addresses", "*")
                .setPGStartupWait(Duration.ofSeconds(30))
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start();
        Files.writeString(
                folder.resolve("pg_hba.conf"),
                "\nhost all all 172.31.241.0/24 trust\nhost all all samehost trust\n",
                StandardOpenOption.APPEND);
        execute(server, "SELECT pg_reload_conf()");
        return server;
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A fresh database, by an address that pods reach. */
    StoreAddress newDatabase() {
        String name = "database" + NUMBERS.incrementAndGet();
        try {
            execute(server, "CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return StoreAddress.parse("jdbc:postgresql://" + HOST + ":" + server.getPort() + "/" + name
                + "?user=postgres&password=" + PASSWORD);
    }

    /** A fresh working folder with one {@code .assay} that all workers see, which are other users than this one. */
    Path newFolder() {
        try {
            Path folder = Files.createDirectory(share.resolve("work" + NUMBERS.incrementAndGet()));
            for (String name : List.of(".assay", ".assay/trials", ".assay/logs")) {
                Files.setPosixFilePermissions(
                        Files.createDirectories(folder.resolve(name)), PosixFilePermissions.fromString("rwxrwxrwx"));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Workers in that folder, as a file says it. */
    String backend(Path folder, String image) {
        return backend(image).replaceAll("}$", "") + ", folder: {hostPath: '/share/"
                + share.relativize(folder.resolve(".assay")) + "'}}";
    }

    /** Workers that share no folder. */
    String backend(String image) {
        return "{kind: kubernetes, kubeconfig: '" + state.resolve("kubeconfig") + "', image: '" + image
                + "', cpus: 0.9, memory: 384MiB}";
    }

    String image() {
        return image;
    }

    String kubectl(String... arguments) throws IOException, InterruptedException {
        return script("kubectl", arguments);
    }

    private String script(String command, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("bash", script.toString(), command, state.toString()));
        all.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(all + " ended with " + process.exitValue() + ": " + out);
        }
        return out;
    }

    private void down() {
        try {
            script("down");
            server.close();
            try (Stream<Path> files = Files.walk(script.resolveSibling(""))) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("The cluster is not down: " + e);
        }
    }
}
