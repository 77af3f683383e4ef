package dev.assay.cli;

import dev.assay.run.Toy;
import dev.assay.run.Wrapper;
import dev.assay.run.Wrappers;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line of the toy application in a folder of its own. */
final class ToyCommands {
    private final Path folder;
    private final StoreAddress address;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    ToyCommands(Path folder, StoreAddress address) {
        this.folder = folder;
        this.address = address;
    }

    /** Writes a recipe of the experiment {@code toys}: what follows {@code base:}, by lines. */
    String recipe(String... base) throws IOException {
        String text = "experiment: toys\nwrapper: toy\n" + String.join("\n", base) + "\n";
        return Files.writeString(folder.resolve("recipe.yaml"), text).toString();
    }

    /** Runs a command in this process. */
    int run(String... args) {
        out.reset();
        err.reset();
        Wrappers wrappers = Wrappers.of().with(new Wrapper<>("toy", Toy.ToyRun.class, Toy::new));
        Console console = new Console(print(out), print(err), false, false);
        return new CommandLineApplication(new Session("toy", Toy.class.getName(), wrappers, console))
                .run(withStore(args).toArray(String[]::new));
    }

    /** Starts a command in a process. */
    Process start(File log, String... args) throws IOException {
        return start(log, List.of(), args);
    }

    /** The same through another command, whose arguments come first. */
    Process start(File log, List<String> through, String... args) throws IOException {
        List<String> command = new ArrayList<>(through);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Toy.class.getName()));
        command.addAll(withStore(args));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private List<String> withStore(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--store", address.secretText()));
        return all;
    }

    List<TrialRecord> trials() {
        try (TrialStore store = TrialStore.open(address)) {
            return store.trialsOf("toys");
        }
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(out());
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
