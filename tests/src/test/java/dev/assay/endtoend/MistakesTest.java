package dev.assay.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.endtoend.Application.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees who got things wrong. */
class MistakesTest {
    @TempDir
    Path folder;

    @Test
    @Tag("C2")
    @Tag("C3")
    @Tag("C4")
    @Tag("C6")
    void run_recipeWithEightMistakes_tellsAllAtOnceAndWritesNothing() throws Exception {
        Files.writeString(folder.resolve("bad.yaml"), """
                experiment: bad
                wrapper: classifier
                basis: 3
                base:
                  data: {kind: synthetik}
                  model: {kind: resnet9, widht: 16}
                  train:
                    epochs: 1.5
                    batchSize: -8
                    dropLast: "false"
                    optimizer: {kind: adamw}
                sweep:
                  grid:
                    train.schedule: [{kind: one-cycle, peak: 2}]
                replicates: 0
                """);

        Ended ended = new Application(folder).run("run", "bad.yaml");

        assertThat(ended.code()).isEqualTo(65);
        assertThat(ended.err().lines().filter(line -> line.startsWith("bad.yaml:")))
                .containsExactly(
                        "bad.yaml:3:1 basis: This key is not known; known are schemaVersion, include, profiles, experiment, description, wrapper, base, design, sweep, replicates, report.",
                        "bad.yaml:5:16 base.data.kind: The value (synthetik) must be one of cifar10, synthetic.",
                        "bad.yaml:6:26 base.model.widht: This key is not known for kind resnet9; known are width, scale.",
                        "bad.yaml:8:13 base.train.epochs: The value (1.5) is a decimal number but must be an integer.",
                        "bad.yaml:9:16 base.train.batchSize: The value (-8) must be greater than 0.",
                        "bad.yaml:10:15 base.train.dropLast: The value (false) is text but must be true or false.",
                        "bad.yaml:14:46 base.train.schedule.peak: The value (2.0) must be less than 1.",
                        "bad.yaml:15:13 replicates: The value (0) must be greater than or equal to 1.");
        assertThat(ended.err())
                .contains("  Maybe synthetic was meant.")
                .contains("  Maybe width was meant.")
                .endsWith("8 faults.\n");
        assertThat(folder.toFile().list()).containsExactly("bad.yaml");
    }

    @Test
    @Tag("D9")
    void run_picturesAreMissing_saysWhatToDoBeforeAnythingRuns() throws Exception {
        Ended ended = new Application(folder)
                .run(
                        "run",
                        Application.recipe("reference.yaml"),
                        "--set",
                        "base.data.dir=" + folder.resolve("pictures"));

        assertThat(ended.code()).isEqualTo(69);
        assertThat(ended.err())
                .contains("error: There is no CIFAR-10 at " + folder.resolve("pictures"))
                .contains("Maybe set data.dir to where it is, or data.download to true");
        assertThat(folder).isEmptyDirectory();
    }
}
