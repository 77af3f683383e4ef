package dev.assay.endtoend;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** An experiment that is killed again and again, and what is left of it in the end. */
public final class Crashes {
    /** What a metric's name has if it tells of the machine and not of the training. */
    private static final List<String> FIGURES = List.of("milliseconds", "examplesPerSecond", "residentMemory");

    private final Application application;
    private final String recipe;

    public Crashes(Path folder, String recipe) throws IOException {
        this(new Application(folder), recipe);
    }

    public Crashes(Application application, String recipe) throws IOException {
        this.application = application;
        this.recipe = Files.writeString(application.folder().resolve("crashes.yaml"), recipe)
                .toString();
    }

    /** Which processes are ended, and how. */
    public enum Kind {
        /** {@code kill -9} of a worker; the command goes on with the other trials. */
        WORKER,
        /** {@code kill -9} of the command; its workers end themselves. */
        COMMAND,
        /** {@code kill -9} of all at once. */
        BOTH,
        /** SIGTERM to the command, as Ctrl-C. */
        TERMINATED
    }

    /** Runs the experiment to its end and returns what it left. */
    public Map<String, String> finish() throws IOException, InterruptedException {
        return finish("--workers", "2");
    }

    /** Does so with other options. */
    public Map<String, String> finish(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("run", recipe));
        command.addAll(List.of(options));
        Application.Ended ended = application.run(command.toArray(String[]::new));
        if (ended.code() != 0) {
            throw new IllegalStateException("The experiment ended with " + ended.code() + ":\n" + ended.err());
        }
        return left();
    }

    public Application application() {
        return application;
    }

    /**
     * Runs the experiment and ends it, or a part of it, after some time.
     *
     * @return whether it was still going then
     */
    public boolean crash(Kind kind, long millis) throws IOException, InterruptedException {
        File log = Files.createTempFile("crash", ".log").toFile();
        Process process = application.start(log, log, "run", recipe, "--workers", "2");
        try {
            if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                return false;
            }
            List<ProcessHandle> workers = process.descendants()
                    .filter(child -> child.info().command().orElse("").endsWith("java"))
                    .collect(Collectors.toList());
            end(kind, process, workers);
            process.waitFor();
            workers.forEach(
                    worker -> worker.onExit().orTimeout(30, TimeUnit.SECONDS).join());
            return true;
        } finally {
            Files.delete(log.toPath());
        }
    }

    private static void end(Kind kind, Process process, List<ProcessHandle> workers) throws InterruptedException {
        switch (kind) {
            case WORKER -> {
                workers.stream().limit(1).forEach(ProcessHandle::destroyForcibly);
                process.waitFor();
            }
            case COMMAND -> process.destroyForcibly();
            case BOTH -> {
                process.destroyForcibly();
                workers.forEach(ProcessHandle::destroyForcibly);
            }
            case TERMINATED -> process.destroy();
        }
    }

    /** Everything that must not depend on crashes, by name: weights, metrics, series, and the tensors of the last checkpoint of each trial. */
    public Map<String, String> left() throws IOException, InterruptedException {
        Map<String, String> left = new TreeMap<>();
        for (JsonNode trial : application.run("list", "--json").json().get("trials")) {
            String hash = trial.get("hash").asString();
            left.put(hash + " state", trial.get("state").asString());
            left.put(hash + " weights", trial.at("/weights/sha256").asString());
            trial.get("metrics").forEachEntry((name, value) -> putUnlessFigure(left, hash + " " + name, value));
            JsonNode shown = application.run("show", hash, "--json").json();
            shown.get("series")
                    .forEachEntry((name, points) -> putUnlessFigure(left, hash + " series " + name, points(points)));
            lastCheckpoint(hash).forEach((name, digest) -> left.put(hash + " tensor " + name, digest));
        }
        return left;
    }

    /** Without times. */
    private static JsonNode points(JsonNode points) {
        ArrayNode some = JsonMapper.shared().createArrayNode();
        points.forEach(point -> some.add(point.get("step")).add(point.get("value")));
        return some;
    }

    private static void putUnlessFigure(Map<String, String> left, String name, JsonNode value) {
        if (!isFigure(name)) {
            left.put(name, value.toString());
        }
    }

    static boolean isFigure(String metric) {
        return FIGURES.stream().anyMatch(metric::contains);
    }

    private Map<String, String> lastCheckpoint(String hash) {
        Path checkpoints =
                application.folder().resolve(".assay/trials").resolve(hash).resolve("checkpoints");
        try (Stream<Path> files = Files.list(checkpoints)) {
            Path last = files.filter(file -> file.toString().endsWith(".json"))
                    .max(Path::compareTo)
                    .orElseThrow();
            Map<String, String> digests = new TreeMap<>();
            digests.put("of", last.getFileName().toString());
            JsonNode manifest = JsonMapper.shared().readTree(Files.readString(last));
            Consumer<Map.Entry<String, JsonNode>> put = tensor ->
                    digests.put(tensor.getKey(), tensor.getValue().get("sha256").asString());
            manifest.at("/content/tensors").properties().forEach(put);
            return digests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
