package dev.assay.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.endtoend.Application.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A wrapper that updates parameters itself, from the command line. */
class OwnStepTest {
    @TempDir
    Path folder;

    @Test
    @Tag("T6")
    void run_sharpnessAwareClassifier_learns() throws Exception {
        Files.writeString(folder.resolve("sam.yaml"), """
                experiment: sam
                wrapper: sharpness-aware
                base:
                  data: {kind: synthetic, trainExamples: 1000, testExamples: 200, noise: 0}
                  model: {kind: small-cnn, width: 8}
                  train:
                    epochs: 4
                    batchSize: 50
                    rho: 0.02
                    optimizer: {kind: adamw, lr: 0.01}
                """);

        Ended ended = new Application(folder).run("run", "sam.yaml");

        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode trial = new Application(folder).run("list", "--json").json().at("/trials/0");
        JsonNode shown = new Application(folder)
                .run("show", trial.get("hash").asString().substring(0, 8), "--json")
                .json();
        JsonNode loss = shown.at("/series/test.loss");
        assertThat(loss).hasSize(4);
        assertThat(loss.get(3).get("value").asDouble())
                .isLessThan(loss.get(0).get("value").asDouble());
        assertThat(shown.at("/series/train.loss").size()).isGreaterThan(4);
    }
}
