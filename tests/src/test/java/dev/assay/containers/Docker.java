package dev.assay.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The Docker engine of this machine, and what tests put into it. */
public final class Docker {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private Docker() {}

    /** A client of the engine, to be closed. */
    public static DockerClient client() {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .connectionTimeout(CONNECTING)
                        .build());
    }

    /** Why no engine answers, or nothing. */
    static String missing() {
        return Answer.MISSING;
    }

    /**
     * A base image that is made once of this machine's Java, as {@code containers/make-base-image.sh} does.
     *
     * @throws IOException if the script does not get there; it says why on the standard error stream
     */
    public static synchronized Path baseImage() throws IOException, InterruptedException {
        Path script = repository().resolve("containers/make-base-image.sh");
        Path tar = repository().resolve("containers/target/base-image.tar");
        if (!Files.exists(tar) || Files.getLastModifiedTime(tar).compareTo(Files.getLastModifiedTime(script)) < 0) {
            Files.createDirectories(tar.resolveSibling(""));
            Process making = new ProcessBuilder(script.toString(), tar.toString())
                    .inheritIO()
                    .start();
            if (making.waitFor() != 0) {
                throw new IOException(script + " ended with " + making.exitValue());
            }
        }
        return tar;
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.resolveSibling("");
        }
        return here;
    }

    /** Asked once a process. */
    private static final class Answer {
        static final String MISSING = ask();

        private static String ask() {
            URI host = DefaultDockerClientConfig.createDefaultConfigBuilder()
                    .build()
                    .getDockerHost();
            // The client would print a stack trace.
            if (host.getScheme().equals("unix") && !Files.exists(Path.of(host.getPath()))) {
                return "no Docker engine answers: there is no socket " + host.getPath();
            }
            try (DockerClient client = client()) {
                client.pingCmd().exec();
                return "";
            } catch (IOException | RuntimeException e) {
                return "no Docker engine answers: " + e;
            }
        }
    }
}
