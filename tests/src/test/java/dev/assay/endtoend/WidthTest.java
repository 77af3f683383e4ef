package dev.assay.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results must not depend on how many workers there are, or which of them has which trial. */
class WidthTest {
    private static final String RECIPE = """
            experiment: width
            wrapper: classifier
            base:
              data: {kind: synthetic, trainExamples: 128, testExamples: 64, augmentation: {pad: 2, flip: random}}
              model: {kind: small-cnn, width: 4, dropout: 0.2}
              train: {epochs: 2, batchSize: 32, optimizer: {kind: adam}}
            replicates: 8
            """;

    @TempDir
    Path folder;

    @Test
    @Tag("P5")
    @Tag("P11")
    void run_withOneTwoAndEightWorkers_endsInTheSameBits() throws Exception {
        Map<String, String> alone = results(1);

        assertThat(alone).isNotEmpty();
        assertThat(results(2)).isEqualTo(alone);
        assertThat(results(8)).isEqualTo(alone);
    }

    private Map<String, String> results(int workers) throws Exception {
        Path own = Files.createDirectory(folder.resolve("workers" + workers));
        return new Crashes(own, RECIPE).finish("--workers", Integer.toString(workers), "--threads", "1");
    }
}
