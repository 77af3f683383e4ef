package dev.assay.editor;

import dev.assay.examples.cifar10.Cifar10;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the example application's command line in a process of its own. */
public final class Application {
    /** The repository. */
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Application() {}

    /**
     * What a command did.
     *
     * @param text what it printed, both streams together
     */
    public record Result(int exitCode, String text) {}

    /** Runs a command in a folder. */
    public static Result run(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Cifar10.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
    }
}
