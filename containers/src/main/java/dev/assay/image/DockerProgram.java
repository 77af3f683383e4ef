package dev.assay.image;

import dev.assay.error.NotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The program {@code docker}, through which images go into an engine and come out of it. */
final class DockerProgram {
    private static final int SECONDS = 20;

    private DockerProgram() {}

    /** @throws NotFoundException if there is none, or if no engine answers it */
    static void check() throws InterruptedException {
        try {
            Process asking = new ProcessBuilder("docker", "version", "--format", "{{.Server.Version}}")
                    .redirectErrorStream(true)
                    .start();
            asking.getOutputStream().close();
            if (!asking.waitFor(SECONDS, TimeUnit.SECONDS)) {
                asking.destroyForcibly();
                throw missing("`docker version` takes longer than " + SECONDS + " seconds");
            }
            if (asking.exitValue() != 0) {
                String said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                throw missing(said.strip().replaceAll("\\s*\\n\\s*", " "));
            }
        } catch (IOException e) {
            throw missing(String.valueOf(e.getMessage()));
        }
    }

    private static NotFoundException missing(String reason) {
        return new NotFoundException("No Docker engine answers: " + reason
                + "\n"
                + "Maybe it is not started. Without one, --to tar writes a file and --to registry sends the"
                + " image to a registry.");
    }
}
