package dev.assay.endtoend;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The CIFAR-10 application as a user has it: a process of its own in a folder of its own.
 *
 * @param folder the working directory
 * @param environment what it has besides this process's
 */
public record Application(Path folder, Map<String, String> environment) {
    private static final int MINUTES = 10;

    public Application(Path folder) {
        this(folder, Map.of());
    }

    /** What a command printed and how it ended. */
    public record Ended(int code, String out, String err) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    public Ended run(String... args) throws IOException, InterruptedException {
        File out = Files.createTempFile("assay", ".out").toFile();
        File err = Files.createTempFile("assay", ".err").toFile();
        Process process = start(out, err, args);
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(String.join(" ", args) + " takes longer than " + MINUTES + " minutes.");
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(out.toPath(), StandardCharsets.UTF_8),
                    Files.readString(err.toPath(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(out.toPath());
            Files.delete(err.toPath());
        }
    }

    /** Starts a command and does not wait for its end. */
    public Process start(File out, File err, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.assay.examples.cifar10.Cifar10"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out)
                .redirectError(err);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** A recipe of the example application. */
    public static String recipe(String name) {
        return repository().resolve("examples-cifar10/recipes").resolve(name).toString();
    }

    /** The folder of the whole project, whichever of its modules the tests run in. */
    public static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        return here;
    }
}
