package dev.assay.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits recipes with the language server that editors use for YAML. Skipped, loudly, where it cannot be had. */
@Tag("C18")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EditorTest {
    private static final Path RECIPES = Application.ROOT.resolve("examples-cifar10/recipes");

    private static final String RECIPE = """
            # yaml-language-server: $schema=../../schemas/cifar10.schema.json
            experiment: edited
            wrapper: classifier
            base:
              data: {kind: synthetic}
              model: {kind: small-cnn}
              train:
                epochs: 1
                batchSize: 10
                optimizer:
                  kind: adamw
                  ~
            """;

    @SuppressWarnings("NullAway.Init")
    private static LanguageServer server;

    private static int texts;

    private Path edited = RECIPES;

    @BeforeAll
    static void startServer() throws Exception {
        String problem = LanguageServer.install();
        if (!problem.isEmpty()) {
            System.err.println("SKIPPED: recipes were not edited with yaml-language-server: " + problem);
        }
        assumeTrue(problem.isEmpty(), problem);
        server = LanguageServer.start(Application.ROOT);
    }

    @AfterAll
    @SuppressWarnings("NullAway")
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quickstart.yaml", "reference.yaml"})
    void exampleRecipe_hasNoDiagnostics(String recipe) throws Exception {
        Path file = RECIPES.resolve(recipe);

        assertThat(server.open(file, Files.readString(file))).isEmpty();
    }

    @Test
    void completion_insideAnAlternative_offersItsKeysOnly() throws Exception {
        edit(RECIPE.replace("~", ""));

        assertThat(server.complete(edited, 11, 6))
                .contains("lr", "beta1", "beta2", "weightDecay")
                .doesNotContain("momentum", "nesterov");
    }

    @Test
    void completion_ofKind_offersTheAlternatives() throws Exception {
        edit(RECIPE.replace("kind: adamw\n      ~", "kind: "));

        assertThat(server.complete(edited, 10, 12)).contains("sgd", "adam", "adamw");
    }

    @Test
    void completion_inASweep_offersPathsOfTheRunConfig() throws Exception {
        edit(RECIPE.replace("      ~\n", "") + "sweep:\n  grid:\n    t\n");

        assertThat(server.complete(edited, 13, 5))
                .contains("train.optimizer.lr", "train.epochs", "train.labelSmoothing", "data.kind")
                .doesNotContain("train.rho");
    }

    @Test
    void hover_showsWhatAKeyMeans() throws Exception {
        edit(RECIPE.replace("~", "lr: 0.1"));

        assertThat(server.hover(edited, 8, 6)).contains("Examples in a batch.");
        assertThat(server.hover(edited, 11, 7)).contains("Learning rate; the schedule multiplies it in each step.");
    }

    @Test
    void diagnostics_unknownKeyWrongTypeAndRange_areEachAtTheirLine() throws Exception {
        assertThat(edit(RECIPE.replace("~", "bta1: 0.9"))).containsExactly("11: Property bta1 is not allowed.");
        assertThat(edit(RECIPE.replace("~", "lr: fast"))).containsExactly("11: Incorrect type. Expected \"number\".");
        assertThat(edit(RECIPE.replace("~", "lr: 0")))
                .containsExactly("11: Value is below the exclusive minimum of 0.");
        assertThat(edit(RECIPE.replace("adamw", "adamv").replace("~", "lr: 0.1")))
                .singleElement()
                .asString()
                .startsWith("10: Value is not accepted. Valid values: \"sgd\", \"adam\", \"adamw\", ");
        assertThat(edit(RECIPE.replace("    epochs: 1\n", "").replace("~", "lr: 0.1")))
                .containsExactly("6: Missing property \"epochs\".");
    }

    @Test
    @Tag("C8")
    void diagnostics_keysThatAnotherLayerOrTheSweepGives_areNotMissed() throws Exception {
        String lacking = RECIPE.replace("    epochs: 1\n", "").replace("      ~\n", "      lr: 0.1\n");

        assertThat(edit(lacking)).containsExactly("6: Missing property \"epochs\".");
        assertThat(edit(lacking + "sweep: {grid: {train.epochs: [1, 2]}}\n")).isEmpty();
        assertThat(edit(lacking + "include: [other.yaml]\n")).isEmpty();
        assertThat(edit(lacking + "profiles: {quick: {base: {train: {epochs: 1}}}}\n"))
                .isEmpty();
        assertThat(edit(lacking.replaceFirst("experiment: .*\n", "") + "include: [other.yaml]\n"))
                .isEmpty();
    }

    /** Opens the text under the name of a file that is not there, as what was not saved yet is; gives what is wrong with it. */
    private List<String> edit(String text) throws Exception {
        edited = RECIPES.resolve("edited-" + ++texts + ".yaml");
        return server.open(edited, text);
    }
}
