package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.ConfigException;
import dev.assay.config.ExampleRun;
import dev.assay.config.Mutation;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LayersFuzzTest {
    private static final int ROUNDS = 1500;
    private static final List<String> NAMES = List.of("recipe.yaml", "common.yaml", "more.yaml", "assay.local.yaml");
    private static final Map<String, String> FILES = Map.of(
            "recipe.yaml", """
                    include: [common.yaml, more.yaml]
                    experiment: layers
                    wrapper: classifier
                    profiles:
                      quick: {base: {train: {epochs: 3, warmup: 0}}}
                      wide: {base: {model: {widths: [64]}}, replicates: 2}
                    base:
                      data: {kind: files, dir: here}
                      train: {epochs: 1, batchSize: 1, optimizer: {kind: sgd, lr: 0.1, momentum: 0.5}}
                    sweep:
                      grid: {train.epochs: [1, 2]}
                      zip: {train.batchSize: [4, 8], train.precision: [mixed, float32]}
                    report: {metric: val.accuracy, baseline: {train.epochs: 1}}
                    """,
            "common.yaml", "include: [more.yaml]\nbase:\n  model: {widths: [1, 2], scales: {a: 1}}\n",
            "more.yaml", "schemaVersion: 1\nbase:\n  train:\n    optimizer: {kind: adamw, lr: 0.2}\n",
            "assay.local.yaml", "base:\n  data: {dir: /mnt/pictures}\n  train: {comment: here}\n");

    @TempDir
    Path folder;

    @Test
    @Tag("C2")
    @Tag("C8")
    @Timeout(120)
    void read_mutatedLayers_neverThrowsAnythingElse() throws Exception {
        long seed = 20261121;
        RandomStream random = new Seed(seed).stream("layers");
        RecipeReader reader = RecipeReader.of(Map.of("classifier", ExampleRun.class));
        int refused = 0;

        for (int i = 0; i < ROUNDS; i++) {
            String slipped = NAMES.get(random.nextInt(NAMES.size()));
            for (String name : NAMES) {
                String text = FILES.getOrDefault(name, "");
                Files.writeString(folder.resolve(name), name.equals(slipped) ? wellFormed(text, random) : text);
            }
            Overlays overlays = overlays(random);
            try {
                reader.read(folder.resolve("recipe.yaml"), overlays);
            } catch (ConfigException e) {
                refused++;
                assertThat(e.faults()).isNotEmpty();
            } catch (RuntimeException | StackOverflowError e) {
                String text = Files.readString(folder.resolve(slipped));
                throw new AssertionError(
                        "Seed " + seed + ", round " + i + ", " + overlays + ", " + slipped + ":\n" + text, e);
            }
        }

        assertThat(refused).isBetween(ROUNDS / 3, ROUNDS - 1);
    }

    /** A file cannot hold what UTF-8 cannot. */
    private static String wellFormed(String text, RandomStream random) {
        return Mutation.mutated(text, random).replaceAll("\\p{Cs}", "?");
    }

    private Overlays overlays(RandomStream random) {
        String variable = random.nextInt(2) == 0 ? "ASSAY_SET_BASE__TRAIN__EPOCHS" : "ASSAY_SET_BASE__MODEL__WIDTHS__0";
        return Overlays.ofSets(random.nextInt(2) == 0 ? List.of() : List.of("base.train.epochs=5"))
                .withProfiles(random.nextInt(2) == 0 ? List.of("wide") : List.of("quick", "wide"))
                .withUnsets(random.nextInt(3) == 0 ? List.of("base.train.warmup") : List.of())
                .withEnvironment(random.nextInt(2) == 0 ? Map.of() : Map.of(variable, "7"))
                .withLocalFolder(folder);
    }
}
