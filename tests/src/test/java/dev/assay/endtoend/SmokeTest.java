package dev.assay.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.endtoend.Application.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe tried out before its long run. */
@Tag("T25")
class SmokeTest {
    @TempDir
    Path folder;

    @Test
    void runSmoke_goesThroughEverythingAndLeavesNothing() throws Exception {
        List<Path> before = temporary();

        Ended ended = new Application(folder)
                .run("run", Application.recipe("quickstart.yaml"), "--smoke", "--set", "base.data.trainExamples=1500");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines())
                .as("one trial of each optimizer")
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(2)).matches("Everything works, in .*\\. Nothing was kept\\."));
        assertThat(ended.out().lines().limit(2))
                .allSatisfy(line -> assertThat(line)
                        .startsWith("✓ ")
                        .contains(
                                "trained, saved and stopped, resumed from step 1, trained to step 3, evaluated test.accuracy test.loss"
                                        + " val.accuracy val.loss, in "));
        assertThat(folder).isEmptyDirectory();
        assertThat(temporary()).isEqualTo(before);
    }

    @Test
    void runSmoke_faultyTrial_saysWhatIsWrong() throws Exception {
        Ended ended = new Application(folder)
                .run("run", Application.recipe("quickstart.yaml"), "--smoke", "--set", "base.train.batchSize=100000");

        assertThat(ended.code()).isEqualTo(70);
        assertThat(ended.out())
                .contains("✗ ")
                .contains("which is no whole batch of 100000.\nMaybe the batch size is too large")
                .contains("2 of 2 did not work, in ");
        assertThat(folder).isEmptyDirectory();
    }

    private static List<Path> temporary() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("assay-smoke"))
                    .sorted()
                    .toList();
        }
    }
}
