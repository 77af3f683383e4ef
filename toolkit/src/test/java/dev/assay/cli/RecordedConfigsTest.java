package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.ExampleRun;
import dev.assay.config.ImmutableExampleRun;
import dev.assay.config.ImmutableSynthetic;
import dev.assay.error.AssayException;
import dev.assay.recipe.PlannedTrial;
import dev.assay.recipe.Recipe;
import dev.assay.recipe.RecipeReader;
import dev.assay.run.Ageing;
import dev.assay.run.Vault;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run writes of the configs it had. */
class RecordedConfigsTest {
    private static final String RECIPE = """
            experiment: vaults
            wrapper: vault
            include: [common.yaml]
            profiles: {failing: {sweep: {grid: {train.failing: [false, true]}}}}
            base:
              data: {token: {env: ASSAY_TEST_TOKEN}}
              model: {}
              train: {}
            """;
    private static final String IN_ENVIRONMENT = "hunter2-of-the-environment";
    private static final String IN_FILE = "hunter2-of-the-file";

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @Test
    @Tag("C15")
    void run_withSecrets_writesThemNowhere() throws Exception {
        write();

        try (TrialStore open = TrialStore.open(folder.resolve(".assay/store.db"))) {
            assertThat(vault("run", "recipe.yaml", "--profile", "failing")).isEqualTo(ExitCode.FAILED);

            assertThat(open.trialsOf("vaults"))
                    .extracting(TrialRecord::state)
                    .containsExactly(TrialState.COMPLETED, TrialState.FAILED);
            assertThat(vault("show", hash(open, 0))).isZero();
            assertThat(vault("show", hash(open, 1), "--json")).isZero();
            List<Path> files = files();
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .contains("store.db", "store.db-wal", "report.html", "weights", "output.txt")
                    .anyMatch(name -> name.endsWith(".log"));
            assertThat(files).allSatisfy(file -> assertThat(bytes(file)).doesNotContain("hunter2"));
            assertThat(bytes(folder.resolve(".assay/store.db-wal"))).contains("ASSAY_TEST_TOKEN");
        }
    }

    @Test
    @Tag("C5")
    @Tag("C16")
    @Tag("T23")
    void run_derivedValues_areRecordedWithTheTrialAndNoPartOfIt() throws Exception {
        write();
        vault("config", "hash", "recipe.yaml");
        String asked = Files.readString(folder.resolve("output.txt"));

        assertThat(vault("run", "recipe.yaml")).isZero();
        assertThat(vault("run", "recipe.yaml")).isZero();

        try (TrialStore open = TrialStore.open(folder.resolve(".assay/store.db"))) {
            TrialRecord trial = open.trialsOf("vaults").get(0);
            assertThat(trial.config().at("/model/classes").asInt()).isEqualTo(10);
            assertThat(trial.metrics()).containsEntry("val.classes", 10.0);
            assertThat(trial.attempt()).isEqualTo(1);
            assertThat(asked).contains("trial  " + trial.hash());
        }
    }

    @Test
    @Tag("C8")
    void run_layers_areShownToTheLetterByWhatTheyWere() throws Exception {
        write();
        assertThat(vault("run", "recipe.yaml", "--set", "base.train.failing=false"))
                .isZero();
        Files.writeString(folder.resolve("recipe.yaml"), "changed: since\n");
        Files.delete(folder.resolve("output.txt"));

        assertThat(vault("config", "sources", "vaults")).isZero();
        assertThat(Files.readString(folder.resolve("output.txt")))
                .isEqualTo("""
                recipe recipe.yaml
                %sinclude common.yaml
                  base: {data: {key: {file: %s}}}
                command line --set 1
                  base.train.failing=false
                """.formatted(RECIPE.indent(2), elsewhere.resolve("key")));

        Files.delete(folder.resolve("output.txt"));
        assertThat(vault("config", "sources", "vaults", "--json")).isZero();
        JsonNode recipe = JsonMapper.shared()
                .readTree(Files.readString(folder.resolve("output.txt")))
                .at("/sources/0");
        assertThat(recipe.get("layer").asString()).isEqualTo("RECIPE");
        assertThat(recipe.get("text").asString()).isEqualTo(RECIPE);
        assertThat(vault("config", "sources", "valts")).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    @Tag("C5")
    void run_valueThatNothingDerives_failsTheTrialWithItsPath() throws Exception {
        write();

        assertThat(vault("run", "recipe.yaml", "--set", "base.data.counted=false"))
                .isEqualTo(ExitCode.FAILED);

        try (TrialStore open = TrialStore.open(folder.resolve(".assay/store.db"))) {
            assertThat(open.trialsOf("vaults").get(0).cause().orElseThrow())
                    .startsWith("ConfigException: VaultRun model.classes: "
                            + "This value must be derived from the data, but nothing derived it.");
        }
    }

    @Test
    @Tag("R1")
    void run_defaultThatWasChanged_isRefusedWithTheDiffUntilForced() throws Exception {
        String recipe = "{experiment: ageing, wrapper: ageing, base: {data: {}, model: {}, train: {}}}";
        Files.writeString(folder.resolve("recipe.yaml"), recipe);
        assertThat(run(Ageing.First.class, "run", "recipe.yaml")).isZero();
        String hash = trial("ageing").hash();

        assertThat(run(Ageing.Second.class, "run", "recipe.yaml")).isEqualTo(ExitCode.FAILED);
        assertThat(Files.readString(folder.resolve("output.txt"))).endsWith("""
                error: The trial (%s) is on record with other values:
                  train.rate: 0.1 → 0.2
                  train.mode: "fast" → "quick"
                Maybe a default was changed, which must not be: a key with another name may have another default.
                To train such trials again with the new values, use run --force.
                """.formatted(hash.substring(0, 10)));
        assertThat(run(Ageing.Second.class, "plan", "recipe.yaml")).isEqualTo(ExitCode.FAILED);
        assertThat(trial("ageing").config().at("/train/rate").asDouble()).isEqualTo(0.1);

        assertThat(run(Ageing.Second.class, "run", "recipe.yaml", "--force")).isZero();
        assertThat(trial("ageing").hash()).isEqualTo(hash);
        assertThat(trial("ageing").metrics()).containsEntry("val.rate", 0.2);
        assertThat(run(Ageing.Second.class, "run", "recipe.yaml")).isZero();
    }

    @Test
    @Tag("C11")
    void refuseLossy_configThatIsReadBackAsAnother_isToldWithTheDiff() {
        Recipe<?> recipe =
                RecipeReader.of(Map.of("example", ExampleRun.class)).parse("""
                        experiment: lossy
                        wrapper: example
                        base:
                          data: {kind: synthetic, note: "\uD83D\uDE00"}
                          model: {widths: [1]}
                          train: {epochs: 1, optimizer: {kind: sgd, lr: 0.1}}
                        """, Path.of("recipe.yaml"), List.of());
        PlannedTrial<?> sound = recipe.trials().get(0);
        ExampleRun config = ImmutableExampleRun.copyOf((ExampleRun) sound.config())
                .withData(ImmutableSynthetic.builder().note("half \uD83D").build());
        List<PlannedTrial<ExampleRun>> broken = List.of(new PlannedTrial<>(config, sound.identity(), sound.origins()));

        RecordedConfigs.refuseLossy(recipe);
        assertThatThrownBy(() -> RecordedConfigs.refuseLossy(new Recipe<>(
                        "lossy",
                        Optional.empty(),
                        "example",
                        recipe.file(),
                        recipe.report(),
                        broken,
                        List.of(),
                        List.of())))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("The config of trial ("
                        + sound.identity().trial().substring(0, 10)
                        + ") must be read as it is written, but\n  data.note: ")
                .hasMessageContaining("→ \"half ?\"\nMaybe a rule or a default is not the same each time");
    }

    private TrialRecord trial(String experiment) {
        try (TrialStore open = TrialStore.open(folder.resolve(".assay/store.db"))) {
            return open.trialsOf(experiment).get(0);
        }
    }

    private void write() throws Exception {
        Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
        Path secret = Files.writeString(elsewhere.resolve("key"), IN_FILE + "\n");
        Files.writeString(folder.resolve("common.yaml"), "base: {data: {key: {file: " + secret + "}}}\n");
    }

    private static String hash(TrialStore store, int position) {
        return store.trialsOf("vaults").get(position).hash();
    }

    private int vault(String... args) throws Exception {
        return run(Vault.class, args);
    }

    /** Runs an application as its user does; what it prints is appended to a file. */
    private int run(Class<?> application, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                application.getName()));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("ASSAY_TEST_TOKEN", IN_ENVIRONMENT);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.txt").toFile()))
                .start()
                .waitFor();
    }

    private List<Path> files() throws Exception {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Whatever bytes it holds. */
    private static String bytes(Path file) throws Exception {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
