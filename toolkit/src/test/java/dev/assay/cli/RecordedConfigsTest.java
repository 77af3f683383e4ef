package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            assertThat(files).allSatisfy(file -> assertThat(text(file)).doesNotContain("hunter2"));
            assertThat(text(folder.resolve(".assay/store.db-wal"))).contains("ASSAY_TEST_TOKEN");
        }
    }

    @Test
    @Tag("C5")
    void run_derivedValues_areRecordedWithTheTrialAndNoPartOfIt() throws Exception {
        write();
        vault("config", "hash", "recipe.yaml");
        String asked = text(folder.resolve("output.txt"));

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

    private void write() throws Exception {
        Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
        Path secret = Files.writeString(elsewhere.resolve("key"), IN_FILE + "\n");
        Files.writeString(folder.resolve("common.yaml"), "base: {data: {key: {file: " + secret + "}}}\n");
    }

    private static String hash(TrialStore store, int position) {
        return store.trialsOf("vaults").get(position).hash();
    }

    /** Runs the application as its user does; what it prints is appended to a file. */
    private int vault(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Vault.class.getName()));
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
    private static String text(Path file) throws Exception {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
