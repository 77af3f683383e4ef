package dev.assay.launching;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Slurm cluster whose machines are containers: slurm-0 controls, the others are nodes. It is started by the script that {@code ASSAY_SLURM_CLUSTER}
 * names: {@code up FOLDER NODES} with the folder at the same place in all of them, and what {@code EXTRA_MOUNTS} says; {@code down}.
 */
final class SlurmCluster implements AutoCloseable {
    static final String CONTROLLER = "slurm-0";

    private static final String SCRIPT = "ASSAY_SLURM_CLUSTER";

    private final String script;

    private SlurmCluster(String script) {
        this.script = script;
    }

    /** Starts one, or skips the test loudly. */
    static SlurmCluster up(Path shared, int nodes) throws IOException, InterruptedException {
        String script = Optional.ofNullable(System.getenv(SCRIPT)).orElse("");
        if (script.isEmpty()) {
            String problem = SCRIPT + " names no script that starts a Slurm cluster";
            if ("required".equals(System.getProperty("assay.docker"))) {
                throw new IllegalStateException(problem);
            }
            System.err.println("SKIPPED: the tests with a Slurm cluster: " + problem);
            Assumptions.abort(problem);
        }
        run(script, "up", shared.toString(), Integer.toString(nodes));
        return new SlurmCluster(script);
    }

    /** The address by which the machines reach this one. */
    String host() throws IOException, InterruptedException {
        return run("docker", "network", "inspect", "slurm", "--format", "{{(index .IPAM.Config 0).Gateway}}")
                .strip();
    }

    /** Runs a command on the controller. */
    String control(String... command) throws IOException, InterruptedException {
        return on(CONTROLLER, command);
    }

    /** Runs a command on a machine. */
    String on(String machine, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("docker", "exec", machine));
        words.addAll(List.of(command));
        return run(words.toArray(String[]::new));
    }

    /** Loses a machine, as if its power were cut. */
    void kill(String machine) throws IOException, InterruptedException {
        run("docker", "kill", machine);
    }

    /** Starts a machine that was lost. */
    void start(String machine) throws IOException, InterruptedException {
        run("docker", "start", machine);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("EXTRA_MOUNTS", mounts());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ":\n" + output);
        }
        return output;
    }

    /** What the class path is in, at the same places: the checkout, with the folder that this process has its files in, and the local repository. */
    private static String mounts() throws IOException {
        Path files = Files.createDirectories(Path.of(".assay").toAbsolutePath());
        Path checkout = checkout();
        List<Path> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .filter(entry -> !entry.startsWith(checkout))
                .toList();
        Optional<Path> repository = jars.stream().reduce(SlurmCluster::common);
        StringBuilder mounts = new StringBuilder(" -v " + files + ":" + files);
        Stream.concat(Stream.of(checkout), repository.stream())
                .forEach(folder -> mounts.append(" -v ")
                        .append(folder)
                        .append(':')
                        .append(folder)
                        .append(":ro"));
        return mounts.toString();
    }

    private static Path common(Path first, Path second) {
        Path folder = first;
        while (!second.startsWith(folder)) {
            folder = folder.resolveSibling("");
        }
        return folder;
    }

    private static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.resolveSibling("");
        }
        return here;
    }

    @Override
    public void close() throws IOException {
        try {
            run(script, "down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
