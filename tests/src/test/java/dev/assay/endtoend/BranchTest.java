package dev.assay.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.endtoend.Application.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Trials that begin where another was, and the search for a learning rate, as commands. */
class BranchTest {
    private static final String RECIPE = """
            experiment: short
            wrapper: classifier
            base:
              seed: 1
              data: {kind: synthetic, trainExamples: 64, testExamples: 32}
              model: {kind: small-cnn, width: 4}
              train: {epochs: 2, batchSize: 16, optimizer: {kind: sgd, lr: 0.1, momentum: 0.9}}
            """;

    @TempDir
    static Path folder;

    private static Application application;
    private static JsonNode parent;

    @BeforeAll
    static void run() throws Exception {
        application = new Application(folder);
        Files.writeString(folder.resolve("short.yaml"), RECIPE);
        assertThat(application.run("run", "short.yaml").code()).isZero();
        parent = trials().get(0);
    }

    @Test
    @Tag("E15")
    void extend_finishedTrial_isWhatOneLongTrainingWouldHaveBeen_andKnowsItsOrigin() throws Exception {
        Ended extended = application.run("extend", hash(parent).substring(0, 10), "--epochs", "3");

        assertThat(extended.code()).as(extended.err()).isZero();
        JsonNode child = childOf(parent, 8, "extend");
        assertThat(shown(child).at("/config/train/epochs").asInt()).isEqualTo(3);
        assertThat(shown(child).at("/series/train.loss").get(0).get("step").asInt())
                .isGreaterThan(8);
        application.run("run", "short.yaml", "--set", "base.train.epochs=3");
        assertThat(trials())
                .filteredOn(trial -> !hash(trial).equals(hash(child)))
                .extracting(trial -> trial.at("/weights/sha256").asString())
                .contains(child.at("/weights/sha256").asString());
    }

    @Test
    @Tag("E15")
    void fork_withAnotherRate_isATrialOfItsOwn_andTheSameCommandServesIt() throws Exception {
        String[] command = {"fork", hash(parent), "--set", "train.optimizer.lr=0.01", "--set", "train.epochs=3"};

        assertThat(application.run(command).code()).isZero();

        JsonNode child = childOf(parent, 8, "fork");
        assertThat(shown(child).at("/config/train/optimizer/lr").asDouble()).isEqualTo(0.01);
        int trials = trials().size();
        assertThat(application.run(command).code()).isZero();
        assertThat(trials()).hasSize(trials);

        Ended reproduced = application.run("reproduce", hash(child));
        assertThat(reproduced.out()).as(reproduced.err()).startsWith("Equal to the last bit: ");
        assertThat(reproduced.code()).isZero();
    }

    @Test
    @Tag("E15")
    void fork_fromAStepThatWasNotKept_namesThoseThatWere() throws Exception {
        Ended refused = application.run("fork", hash(parent), "--step", "5");

        assertThat(refused.code()).isNotZero();
        assertThat(refused.err())
                .contains("The state of trial (" + hash(parent)
                        + ") after step 5 was not kept; there are those of steps [8].");
    }

    @Test
    @Tag("E6")
    void rate_ofARecipe_suggestsOneAndLeavesNothing() throws Exception {
        int trials = trials().size();

        Ended search = application.run("rate", "short.yaml", "--steps", "40", "--json");

        assertThat(search.code()).as(search.err()).isZero();
        assertThat(search.json().get("samples")).hasSizeBetween(10, 40);
        assertThat(search.json().get("valley").asDouble()).isBetween(1e-6, 10.0);
        assertThat(trials()).hasSize(trials);
    }

    private static List<JsonNode> trials() throws Exception {
        List<JsonNode> trials = new ArrayList<>();
        application.run("list", "--json").json().get("trials").forEach(trials::add);
        return trials;
    }

    /** The one trial of an experiment that begins at a step of another. */
    private static JsonNode childOf(JsonNode trial, int step, String verb) throws Exception {
        String experiment = verb + "-" + hash(trial).substring(0, 10);
        JsonNode children = application
                .run("list", "--experiment", experiment, "--json")
                .json()
                .get("trials");
        assertThat(children).hasSize(1);
        JsonNode child = children.get(0);
        assertThat(child.get("state").asString()).isEqualTo("COMPLETED");
        JsonNode origin = shown(child).get("origin");
        assertThat(origin.get("trial").asString()).isEqualTo(hash(trial));
        assertThat(origin.get("step").asInt()).isEqualTo(step);
        return child;
    }

    private static JsonNode shown(JsonNode trial) throws Exception {
        return application.run("show", hash(trial), "--json").json();
    }

    private static String hash(JsonNode trial) {
        return trial.get("hash").asString();
    }
}
