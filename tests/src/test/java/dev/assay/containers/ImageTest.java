package dev.assay.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.endtoend.Application;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The image of the CIFAR-10 application, in a real engine, in containers in which nobody may do anything. */
@NeedsDocker
@Tag("L1")
class ImageTest {
    private static final String IMAGE = "assay/image-test:latest";

    /** What the tests need and the application does not. */
    private static final String OF_TESTS =
            ".*/(tests/target/.*|io/zonky/.*|com/microsoft/playwright/.*|org/openjdk/.*|com/tngtech/.*|net/bytebuddy/.*)";

    @TempDir
    static Path folder;

    private static String id = "";

    @BeforeAll
    static void build() throws Exception {
        Ended ended = build("--to", "daemon");
        assertThat(ended.code()).as(ended.err()).isZero();
        id = ended.json().get("id").asString();
    }

    @AfterAll
    static void remove() throws Exception {
        docker("rmi", "--force", IMAGE);
    }

    @Test
    void image_asItIs_runsTheApplication() throws Exception {
        Ended ended = docker("run", "--rm", IMAGE, "--help");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("Usage: assay ").contains("worker");
        assertThat(docker("inspect", "--format", "{{.Id}} {{.Config.User}}", IMAGE)
                        .out())
                .isEqualTo(id + " 65532:65532\n");
    }

    @Test
    void image_withoutAnyRights_checksItsOwnRecipes() throws Exception {
        Ended ended = confined("config", "check", "/app/recipes/quickstart.yaml");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("no faults");
    }

    @Test
    void image_withoutAnyRights_trains() throws Exception {
        Ended ended = confined("run", "/app/recipes/quickstart.yaml", "--smoke", "--threads", "1");

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    }

    @Test
    void image_builtAgain_isTheSame() throws Exception {
        Ended ended = build("--to", "tar", "--file", folder.resolve("image.tar").toString());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.json().get("id").asString()).isEqualTo(id);
    }

    private record Ended(int code, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    /** As nobody known, with nothing to write to but a small {@code /tmp} in which nothing may be run. */
    private static Ended confined(String... args) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("docker", "run", "--rm", "--read-only", "--tmpfs", "/tmp:size=64m"));
        command.addAll(List.of("--user", "1234:1234", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
        command.addAll(
                List.of("--network", "none", "--memory", "1g", "--memory-swap", "1g", "--workdir", "/tmp", IMAGE));
        command.addAll(List.of(args));
        return run(command);
    }

    private static Ended docker(String... args) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of("docker"), Stream.of(args)).toList());
    }

    private static Ended build(String... args) throws IOException, InterruptedException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.matches(OF_TESTS))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath));
        command.addAll(List.of("dev.assay.examples.cifar10.Cifar10", "image", "build", "--json", "--tag", IMAGE));
        command.addAll(List.of("--base", Docker.baseImage().toString()));
        command.addAll(List.of(args));
        return run(command);
    }

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .directory(Application.repository().toFile())
                .redirectError(err.toFile())
                .start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), text, Files.readString(err));
        }
    }
}
