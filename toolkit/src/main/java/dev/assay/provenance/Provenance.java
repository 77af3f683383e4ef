package dev.assay.provenance;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a result comes from, as a tree of named values. Immutable as long as nobody changes the tree.
 *
 * @param record {@code code} (commit, changes, patch), {@code classPath} (SHA-256 by name), {@code java}, {@code engine}, {@code machine}, {@code container} and
 *     {@code environment}; parts that are not known are left out
 */
public record Provenance(ObjectNode record) {
    /**
     * The environment variable by which an image tells what its code was made of: a commit, with {@code -dirty} where files differed from it. It
     * counts where there is no working tree.
     */
    public static final String REVISION = "ASSAY_REVISION";

    /** Set by whatever starts a container: an image cannot know its own digest. */
    private static final String IMAGE = "ASSAY_IMAGE";

    /** Variables that may change results. Others may hold secrets, and are nobody's business. */
    private static final Pattern TELLING = Pattern.compile(
            "OMP_.*|GOMP_.*|KMP_.*|MKL_.*|OPENBLAS_.*|CUDA_.*|NVIDIA_.*|CUBLAS_.*|PYTORCH_.*|TORCH_.*|DJL_.*|LD_LIBRARY_PATH|LD_PRELOAD|"
                    + "JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|LANG|LC_.*|TZ|MALLOC_.*");

    /**
     * That of this process.
     *
     * @param store the folder of the store, which is no part of the code
     * @param engine what computes, as the wrapper tells it
     * @param threads cores of a trial; its bits depend on them
     */
    public static Provenance ofProcess(Path store, Map<String, String> engine, int threads) throws IOException {
        return of(Path.of("").toAbsolutePath(), store, engine, threads, System.getenv());
    }

    /** That of a process which runs in a folder with these variables. */
    static Provenance of(
            Path folder, Path store, Map<String, String> engine, int threads, Map<String, String> variables)
            throws IOException {
        ObjectNode record = JsonMapper.shared().createObjectNode();
        GitState.of(folder, store)
                .ifPresentOrElse(
                        state -> code(record.putObject("code"), state),
                        () -> Optional.ofNullable(variables.get(REVISION))
                                .ifPresent(commit -> record.putObject("code").put("commit", commit)));
        put(record.putObject("classPath"), ClassPathDigests.ofUser().of(System.getProperty("java.class.path")));
        java(record.putObject("java"));
        if (!engine.isEmpty()) {
            put(record.putObject("engine"), new TreeMap<>(engine));
        }
        Machine.describe(record.putObject("machine").put("threads", threads));
        Optional.ofNullable(variables.get(IMAGE))
                .ifPresent(image -> record.putObject("container").put("image", image));
        Map<String, String> environment = new TreeMap<>(variables);
        environment.keySet().removeIf(name -> !TELLING.matcher(name).matches());
        put(record.putObject("environment"), environment);
        return new Provenance(record);
    }

    private static void code(ObjectNode node, GitState state) {
        node.put("commit", state.commit());
        if (!state.isClean()) {
            state.changes().forEach(node.putArray("changes")::add);
            node.put("patchSha256", Sha256.of(state.patch().getBytes(StandardCharsets.UTF_8)));
            node.put("patch", state.patch());
        }
    }

    private static void java(ObjectNode node) {
        node.put("version", System.getProperty("java.vm.version"));
        node.put("vendor", System.getProperty("java.vendor"));
        List<String> options =
                new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        node.put("options", String.join(" ", options));
    }

    private static void put(ObjectNode node, Map<String, String> values) {
        values.forEach(node::put);
    }

    /** SHA-256 of it, equal for all trials of one worker. */
    public String digest() {
        return Sha256.of(record.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The cores the trial had; empty if they were not recorded. */
    public Optional<Integer> threads() {
        return record.at("/machine/threads").isInt()
                ? Optional.of(record.at("/machine/threads").asInt())
                : Optional.empty();
    }

    /** Its values by dot-joined names, without the text of the patch, whose digest says as much. */
    public Map<String, String> leaves() {
        Map<String, String> leaves = new TreeMap<>();
        record.properties()
                .forEach(part -> part.getValue().properties().forEach(value -> {
                    if (!value.getKey().equals("patch")) {
                        String text = value.getValue().isString()
                                ? value.getValue().asString()
                                : value.getValue().toString();
                        leaves.put(part.getKey() + "." + value.getKey(), text);
                    }
                }));
        return leaves;
    }

    /** Whether a file is there and can be read: not everywhere is there a /proc. */
    static Optional<String> text(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
