package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.ConfigException;
import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.config.ExampleRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("C8")
@Timeout(30)
class LayersTest {
    private static final String RECIPE = """
            include: [common.yaml, more/other.yaml]
            experiment: layers
            wrapper: classifier
            profiles:
              quick: {base: {train: {epochs: 3, warmup: 0}}}
              wide: {base: {model: {widths: [64]}}, replicates: 2}
            base:
              data: {kind: files, dir: here}
              model: {widths: [1, 2], scales: {a: 1}}
              train: {epochs: 1, batchSize: 1, optimizer: {kind: sgd, lr: 0.1, momentum: 0.5}}
            """;

    @TempDir
    Path folder;

    @Test
    void read_everyLayer_laterGoesBeforeEarlier() throws Exception {
        write("recipe.yaml", RECIPE + "sweep: {grid: {train.optimizer.beta1: [0.25]}}\n");
        write("common.yaml", "base: {train: {epochs: 2, batchSize: 2, optimizer: {kind: adamw, lr: 0.2}}}\n");
        write("more/other.yaml", "include: [inner.yaml]\nbase: {train: {batchSize: 3}, model: {scales: {b: 3}}}\n");
        write("more/inner.yaml", "base: {train: {batchSize: 4}}\n");
        write("assay.local.yaml", "base: {data: {dir: /mnt/pictures}, train: {comment: on this machine}}\n");
        Overlays overlays = Overlays.ofSets(List.of("base.train.optimizer.lr=0.7"))
                .withProfiles(List.of("wide", "quick"))
                .withLocalFolder(folder)
                .withUnsets(List.of("base.train.warmup"))
                .withEnvironment(Map.of(
                        "ASSAY_SET_BASE__TRAIN__OPTIMIZER__LR", "0.6",
                        "ASSAY_SET_BASE__MODEL__WIDTHS__0", "65",
                        "ASSAY_SET_EXPERIMENT", "environs",
                        "ASSAY_CACHE", "no setting"));

        Recipe<?> recipe = reader().read(folder.resolve("recipe.yaml"), overlays);

        assertThat(recipe.name()).isEqualTo("environs");
        assertThat(recipe.trials()).hasSize(2);
        assertThat(origins(recipe)).isEqualTo("""
                seed = 1: default
                data.kind = "files": recipe.yaml:8:16
                data.dir = "/mnt/pictures": assay.local.yaml:1:20
                data.shuffled = true: default
                model.widths[0] = 65: ASSAY_SET_BASE__MODEL__WIDTHS__0
                model.dropout = null: default
                model.scales.a = 1.0: recipe.yaml:9:39
                model.scales.b = 3.0: more/other.yaml:2:51
                train.epochs = 3: profile quick, recipe.yaml:5:34
                train.batchSize = 4: more/inner.yaml:1:27
                train.warmup = 1: default
                train.precision = "float32": default
                train.timeout = null: default
                train.optimizer.kind = "adamw": common.yaml:1:59
                train.optimizer.lr = 0.7: --set 1
                train.optimizer.beta1 = 0.25: sweep, recipe.yaml:11:40
                train.comment = "on this machine": assay.local.yaml:1:53""");
        assertThat(recipe.trials().get(0).origins().of(recipe.trials().get(0).config()))
                .extracting(leaf -> leaf.origin().layer())
                .contains(Layer.values());
    }

    @Test
    void read_sources_areEnoughToReadTheSameAgain() throws Exception {
        write("recipe.yaml", "# Why?\n" + RECIPE);
        write("common.yaml", "base: {train: {epochs: 2, optimizer: {kind: adamw, lr: 0.2}}}\n");
        write("more/other.yaml", "include: [inner.yaml, inner.yaml]\nbase: {model: {scales: {b: 3}}}\n");
        write("more/inner.yaml", "base: {train: {batchSize: 4}} # twice\n");
        write("assay.local.yaml", "base: {data: {dir: /mnt/pictures, note: of another kind}}\n");
        Overlays overlays = Overlays.ofSets(List.of("base.train.optimizer.lr=0.7"))
                .withProfiles(List.of("wide"))
                .withLocalFolder(folder)
                .withUnsets(List.of("base.train.batchSize"))
                .withEnvironment(Map.of("ASSAY_SET_BASE__TRAIN__EPOCHS", "9", "ASSAY_CACHE", "no setting"));
        Recipe<?> recipe = reader().read(folder.resolve("recipe.yaml"), overlays);

        List<Source> sources = recipe.sources();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        for (Source source : sources) {
            if (source.name().startsWith("/")) {
                Path file = elsewhere.resolve(folder.relativize(Path.of(source.name())));
                Files.createDirectories(file.getParent());
                Files.writeString(file, source.text());
            }
        }
        Recipe<?> again = reader().read(elsewhere.resolve("recipe.yaml"), overlays.withLocalFolder(elsewhere));

        assertThat(sources)
                .extracting(source -> source.layer() + " " + source.name().replace(folder + "/", ""))
                .containsExactly(
                        "RECIPE recipe.yaml",
                        "INCLUDE common.yaml",
                        "INCLUDE more/other.yaml",
                        "INCLUDE more/inner.yaml",
                        "PROFILE --profile 1",
                        "LOCAL assay.local.yaml",
                        "ENVIRONMENT ASSAY_SET_BASE__TRAIN__EPOCHS",
                        "COMMAND_LINE --unset 1",
                        "COMMAND_LINE --set 1");
        assertThat(sources)
                .extracting(Source::text)
                .startsWith("# Why?\n" + RECIPE)
                .endsWith(
                        "wide",
                        "{\"base\":{\"data\":{\"dir\":\"/mnt/pictures\"}}}",
                        "9",
                        "base.train.batchSize",
                        "base.train.optimizer.lr=0.7");
        assertThat(again.trials()).extracting(PlannedTrial::config).isEqualTo(configs(recipe));
    }

    private static List<?> configs(Recipe<?> recipe) {
        return recipe.trials().stream().map(PlannedTrial::config).toList();
    }

    @Test
    void read_withoutOverlays_takesRecipeAndIncludesOnly() throws Exception {
        write("recipe.yaml", RECIPE.replace("[common.yaml, more/other.yaml]", "[]"));
        write("assay.local.yaml", "base: {data: {dir: /mnt/pictures}}\n");

        assertThat(origins(reader().read(folder.resolve("recipe.yaml"), List.of())))
                .contains("data.dir = \"here\": recipe.yaml:8:28")
                .contains("train.epochs = 1: recipe.yaml:10:19");
    }

    @Test
    @Tag("C2")
    void read_includesThatAreNone_areToldWithTheChain() throws Exception {
        write("recipe.yaml", RECIPE);
        write("common.yaml", "include: [3, none.yaml, recipe.yaml]\nbase: {train: {epoch: 3}}\n");
        write("more/other.yaml", "include: ../common.yaml\nexperiment: [\n");

        assertThat(refused(Overlays.ofSets(List.of()))).isEqualTo("""
                common.yaml:1:11 include[0]: The value (3) is an integer but must be text.
                  Maybe "3" was meant, in quotes.
                common.yaml:1:14 include[1]: There is no such file (none.yaml).
                common.yaml:1:25 include[2]: A file must not include itself, but this does: recipe.yaml → common.yaml → recipe.yaml.
                common.yaml:2:16 base.train.epoch: This key is not known; known are epochs, batchSize, warmup, precision, timeout, optimizer, comment.
                  Maybe epochs was meant.
                more/other.yaml:3:1: This is not valid YAML: expected the node content, but found '<stream end>'.
                5 faults.""");
    }

    @Test
    @Timeout(20)
    void read_filesIncludedTwiceEach_areRefusedBeyondAHundred() throws Exception {
        write("recipe.yaml", RECIPE.replace("more/other.yaml", "f0.yaml"));
        write("common.yaml", "{}");
        for (int i = 0; i < 40; i++) {
            write("f" + i + ".yaml", "include: [f" + (i + 1) + ".yaml, f" + (i + 1) + ".yaml]\n");
        }
        write("f40.yaml", "{}");

        assertThat(refused(Overlays.ofSets(List.of())))
                .contains("A recipe must include at most 100 files in all.")
                .endsWith("1 fault.");
    }

    @Test
    void read_profilesThatAreWrong_areToldEvenIfNotChosen() throws Exception {
        write("recipe.yaml", """
                experiment: layers
                wrapper: classifier
                profiles:
                  quick: {base: {train: {epochs: none}}, include: [a.yaml]}
                  other: {replicate: 2, base: {train: {epochs: 0, optimizer: {lr: 1}}}}
                base:
                  data: {kind: synthetic}
                  model: {widths: [1]}
                  train: {epochs: 1, optimizer: {kind: sgd, lr: 0.1}}
                """);

        assertThat(refused(Overlays.ofSets(List.of()).withProfiles(List.of("quick", "quik"))))
                .isEqualTo("""
                recipe.yaml:4:34 base.train.epochs: The value (none) is text but must be an integer.
                recipe.yaml:4:42 profiles.quick.include: This key must stand in the recipe itself.
                recipe.yaml:5:11 profiles.other.replicate: This key is not known; known are schemaVersion, include, profiles, experiment, description, wrapper, base, design, sweep, replicates, report.
                  Maybe replicates was meant.
                recipe.yaml:5:48 profiles.other.base.train.epochs: The value (0) must be greater than or equal to 1.
                --profile 2: The value (quik) must be one of quick, other.
                  Maybe quick was meant.
                5 faults.""");
        write("recipe.yaml", RECIPE.replaceAll("include.*|profiles:\n.*\n.*\n", ""));
        assertThat(refused(Overlays.ofSets(List.of()).withProfiles(List.of("quick"))))
                .isEqualTo("--profile 1: The profile (quick) must be one of the recipe's, but it has none.\n1 fault.");
    }

    @Test
    @Tag("C14")
    void read_statefulKeyInLocalFile_isRefused() throws Exception {
        write("recipe.yaml", RECIPE.replaceAll("include.*", ""));
        write("assay.local.yaml", """
                base:
                  data: {kind: files, shuffled: false, dir: /mnt/x, note: of another kind}
                  train: {epochs: 3, commment: 3, optimizer: {lr: 1}}
                  seed: 4
                experiment: mine
                """);

        assertThat(refused(Overlays.ofSets(List.of()).withLocalFolder(folder))).isEqualTo("""
                assay.local.yaml:2:10 base.data.kind: This key changes what is learned, so it must stand in the recipe and not in assay.local.yaml.
                assay.local.yaml:2:23 base.data.shuffled: This key changes what is learned, so it must stand in the recipe and not in assay.local.yaml.
                assay.local.yaml:3:11 base.train.epochs: This key changes what is learned, so it must stand in the recipe and not in assay.local.yaml.
                assay.local.yaml:3:22 base.train.commment: This key is not known; known are epochs, batchSize, warmup, precision, timeout, optimizer, comment.
                  Maybe comment was meant.
                assay.local.yaml:3:47 base.train.optimizer.lr: This key changes what is learned, so it must stand in the recipe and not in assay.local.yaml.
                assay.local.yaml:4:3 base.seed: This key changes what is learned, so it must stand in the recipe and not in assay.local.yaml.
                assay.local.yaml:5:1 experiment: This key is not known in assay.local.yaml; known is base.
                7 faults.""");
    }

    @Test
    @Tag("C14")
    void read_localFile_changesNoIdentityAndSuitsOtherKinds() throws Exception {
        write("recipe.yaml", RECIPE.replaceAll("include.*", "").replace("files, dir: here", "synthetic"));
        Recipe<?> plain = reader().read(folder.resolve("recipe.yaml"), List.of());
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        write("elsewhere/assay.local.yaml", "base: {data: {dir: /mnt/x}, train: {comment: here}}\n");

        Recipe<?> local = reader().read(
                        folder.resolve("recipe.yaml"),
                        Overlays.ofSets(List.of()).withLocalFolder(elsewhere));

        assertThat(local.trials().get(0).identity())
                .isEqualTo(plain.trials().get(0).identity());
        assertThat(origins(local)).contains("train.comment = \"here\": elsewhere/assay.local.yaml:1:46");
    }

    @Test
    void read_variableThatLeadsNowhere_isTold() throws Exception {
        write("recipe.yaml", RECIPE.replaceAll("include.*", ""));
        Overlays overlays = Overlays.ofSets(List.of())
                .withUnsets(List.of("base.train.timeout", "a b"))
                .withEnvironment(Map.of(
                        "ASSAY_SET_BASE__TRAIN__EPOCS", "3",
                        "ASSAY_SET_BASE__TRAIN__BATCH_SIZE", "many",
                        "ASSAY_SET_BASE__MODEL__WIDTHS__7", "7",
                        "ASSAY_SET_BASE__MODEL__SCALES__A", "-1",
                        "ASSAY_SET_REPLICATE", "[",
                        "ASSAY_SET_REPLICATES", "["));

        assertThat(refused(overlays)).isEqualTo("""
                ASSAY_SET_BASE__MODEL__SCALES__A base.model.scales.a: The value (-1.0) must be greater than 0.
                ASSAY_SET_BASE__MODEL__WIDTHS__7 base.model.widths[7]: The index [7] must be within the list, whose length is 2.
                ASSAY_SET_BASE__TRAIN__BATCH_SIZE base.train.batchSize: The value (many) is text but must be an integer.
                ASSAY_SET_BASE__TRAIN__EPOCS: The name must lead to a value, but EPOCS is not known in train; known are epochs, batchSize, warmup, precision, timeout, optimizer, comment.
                  Maybe epochs was meant.
                ASSAY_SET_REPLICATE: The name must lead to a value, but REPLICATE is not known; known are schemaVersion, include, profiles, experiment, description, wrapper, base, design, sweep, replicates, report.
                  Maybe replicates was meant.
                ASSAY_SET_REPLICATES replicates: This is not valid YAML: expected the node content, but found '<stream end>'.
                --unset 1 base.train.timeout: There is nothing here to unset.
                --unset 2 a b: The path (a b) must be keys joined by dots, such as train.optimizer.lr.
                8 faults.""");
    }

    @Test
    @Tag("C9")
    void read_conditionalDefault_isTheSameWhateverTheOrderAndStaysWhatItIs() throws Exception {
        write("recipe.yaml", RECIPE.replaceAll("include.*", ""));
        List<String> sets = List.of("base.train.batchSize=9", "base.train.epochs=5", "base.data={kind: synthetic}");
        List<String> reversed = List.of(sets.get(2), sets.get(1), sets.get(0));

        ExampleRun run = run(sets);
        ExampleRun again = ConfigReader.of(ExampleRun.class).parse(ConfigWriter.toYaml(run), "written.yaml");

        assertThat(run(reversed)).isEqualTo(run);
        assertThat(again).isEqualTo(run);
    }

    private ExampleRun run(List<String> sets) {
        return (ExampleRun) reader().read(folder.resolve("recipe.yaml"), sets)
                .trials()
                .get(0)
                .config();
    }

    private static RecipeReader reader() {
        return RecipeReader.of(Map.of("classifier", ExampleRun.class));
    }

    private String origins(Recipe<?> recipe) {
        PlannedTrial<?> trial = recipe.trials().get(0);
        return String.join(
                        "\n",
                        trial.origins().of(trial.config()).stream()
                                .map(leaf -> leaf.path() + " = " + leaf.value() + ": " + leaf.origin())
                                .toList())
                .replace(folder + "/", "");
    }

    private String refused(Overlays overlays) {
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> reader().read(folder.resolve("recipe.yaml"), overlays));
        return Optional.ofNullable(e.getMessage()).orElseThrow().replace(folder + "/", "");
    }

    private void write(String name, String yaml) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
    }
}
