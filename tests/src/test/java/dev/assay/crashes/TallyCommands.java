package dev.assay.crashes;

import dev.assay.store.StoreAddress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line of {@link Tally}, as processes in a folder of their own. */
public final class TallyCommands {
    private final Path folder;
    private final StoreAddress address;
    private final Map<String, String> environment;

    public TallyCommands(Path folder, StoreAddress address) {
        this(folder, address, Map.of());
    }

    /** @param environment what they have besides this process's */
    public TallyCommands(Path folder, StoreAddress address, Map<String, String> environment) {
        this.folder = folder;
        this.address = address;
        this.environment = environment;
    }

    public Path folder() {
        return folder;
    }

    public StoreAddress address() {
        return address;
    }

    /** Starts a command; what it prints goes to a file {@code log}. */
    public Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Tally.class.getName()));
        command.addAll(List.of(args));
        File log = folder.resolve("log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().put("ASSAY_STORE", address.secretText());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs a command to its end, which must be a good one. */
    public void run(String... args) throws IOException, InterruptedException {
        int code = start(args).waitFor();
        if (code != 0) {
            throw new IllegalStateException(
                    String.join(" ", args) + " ended with " + code + ":\n" + Files.readString(folder.resolve("log")));
        }
    }
}
