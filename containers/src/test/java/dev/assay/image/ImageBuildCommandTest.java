package dev.assay.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command of an application in a process of its own, with secrets all around it. */
@Tag("L1")
class ImageBuildCommandTest {
    /** Made up anew, since this class is in the image as well. */
    private static final String SECRET = UUID.randomUUID().toString();

    @TempDir
    Path folder;

    @Test
    void build_withSecretsAround_hasNoneOfThem() throws Exception {
        FakeBase.write(folder.resolve("base.tar"));
        Files.writeString(folder.resolve(".env"), "TOKEN=" + SECRET);
        Files.writeString(Files.createDirectory(folder.resolve("recipes")).resolve(".env"), "TOKEN=" + SECRET);
        Files.writeString(folder.resolve("recipes/assay.local.yaml"), "store: " + SECRET);
        Files.writeString(folder.resolve("recipes/quick.yaml"), "experiment: quick");
        git("init", "-q");
        git("config", "remote.origin.url", "https://me:" + SECRET + "@example.org/code.git");

        Ended ended = fake("image", "build", "--to", "tar", "--file", "image.tar", "--base", "base.tar", "--json");

        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode outcome = JsonMapper.shared().readTree(ended.out());
        assertThat(outcome.get("image").asString()).isEqualTo("assay/fake:latest");
        assertThat(outcome.get("digest").asString()).matches("sha256:[0-9a-f]{64}");
        assertThat(outcome.get("id").asString()).matches("sha256:[0-9a-f]{64}");
        assertThat(outcome.get("layers")
                        .valueStream()
                        .map(layer -> layer.get("name").asString()))
                .contains("sqlite", "libraries", "folders");
        assertThat(ended.err()).contains("Building libraries layer").doesNotContain(SECRET);
        ImageTar image = ImageTar.read(folder.resolve("image.tar"));
        assertThat(image.files()).containsKey("app/recipes/quick.yaml").isNotEmpty();
        image.files()
                .forEach((name, entry) ->
                        assertThat(entry.content().contains(SECRET)).as(name).isFalse());
        assertThat(image.config().toString()).doesNotContain(SECRET).contains("https://example.org/code.git");
        assertThat(Files.readString(folder.resolve("image.sbom.json"))).doesNotContain(SECRET);
    }

    @Test
    void build_toAnUnnamedRegistry_asksForOne() throws Exception {
        Ended ended = fake("image", "build", "--to", "registry");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("Which registry? --to registry needs --tag HOST/NAME:TAG.");
    }

    @Test
    void build_withoutAnEngine_saysWhatDoesWithoutOne() throws Exception {
        Ended ended = fake("image", "build", "--base", "base.tar");

        assertThat(ended.code()).isEqualTo(69);
        assertThat(ended.err()).startsWith("error: No Docker engine answers: ").contains("\nMaybe it is not started.");
    }

    private record Ended(int code, String out, String err) {}

    private Ended fake(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FakeApplication.class.getName()));
        command.addAll(List.of(args));
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
        builder.environment().put("API_TOKEN", SECRET);
        builder.environment().put("ASSAY_STORE", "jdbc:postgresql://host/store?user=me&password=" + SECRET);
        builder.environment().put("PYTORCH_SECRET", SECRET);
        builder.environment().put("DOCKER_HOST", "unix:///nowhere/docker.sock");
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), text, Files.readString(err));
        }
    }

    private void git(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(args));
        int code =
                new ProcessBuilder(command).directory(folder.toFile()).start().waitFor();
        assertThat(code).isZero();
    }
}
