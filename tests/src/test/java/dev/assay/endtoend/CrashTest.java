package dev.assay.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is killed at whatever moment, the same command finishes, and to the same bits. The instants are random; the seed of a failed run
 * stands in its message, though the machine's pace is part of the chance, too.
 */
class CrashTest {
    /** {@code -Dassay.crashes=50} for a longer run. */
    private static final int CRASHES = Integer.getInteger("assay.crashes", 6);

    private static final List<Crashes.Kind> KINDS = List.of(Crashes.Kind.values());

    /** Every optimizer, with augmentation, dropout, accumulation, a schedule, evaluations within epochs and a checkpoint after each step. */
    private static final String RECIPE = """
            experiment: crashes
            wrapper: classifier
            base:
              data:
                kind: synthetic
                trainExamples: 384
                testExamples: 64
                validationExamples: 64
                augmentation: {pad: 2, flip: random, cutout: 4}
              model: {kind: small-cnn, width: 4, dropout: 0.2}
              train:
                epochs: 8
                batchSize: 16
                accumulate: 3
                dropLast: false
                clipNorm: 5
                evaluateEvery: {epochs: 0.4}
                best: [val.loss]
                checkpoint: {steps: 1}
                schedule: {kind: warm-up, steps: 3, then: {kind: cosine}}
            sweep:
              grid:
                train.optimizer:
                  - {kind: sgd, lr: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.0005}
                  - {kind: adam, lr: 0.01, amsgrad: true}
                  - {kind: adamw, lr: 0.01}
                  - {kind: nadam, lr: 0.01}
                  - {kind: radam, lr: 0.01}
                  - {kind: rmsprop, lr: 0.003, centered: true, momentum: 0.5}
                  - {kind: adagrad, lr: 0.02}
                  - {kind: adadelta, lr: 1.0}
                  - {kind: adamax, lr: 0.01}
                  - {kind: lion, lr: 0.001}
                  - {kind: lamb, lr: 0.01}
            """;

    @TempDir
    Path folder;

    @Test
    @Tag("E7")
    @Tag("E9")
    @Tag("E11")
    @Tag("E14")
    @Tag("P8")
    void run_killedAtRandomInstants_endsAsTheUndisturbed() throws Exception {
        Map<String, String> expected =
                new Crashes(Files.createDirectory(folder.resolve("undisturbed")), RECIPE).finish();
        long seed = System.nanoTime();
        RandomStream random = new Seed(seed).stream("instants");

        int crashes = 0;
        for (int i = 0; crashes < CRASHES; i++) {
            Crashes experiment = new Crashes(Files.createDirectory(folder.resolve("crashed" + i)), RECIPE);
            while (crashes < CRASHES && experiment.crash(kind(crashes), 1500 + random.nextInt(4000))) {
                crashes++;
            }
            Map<String, String> found = experiment.finish();
            assertThat(found.keySet())
                    .as("seed %d, after %d crashes", seed, crashes)
                    .isEqualTo(expected.keySet());
            found.entrySet().removeAll(expected.entrySet());
            assertThat(found)
                    .as("what differs; seed %d, after %d crashes", seed, crashes)
                    .isEmpty();
        }
    }

    private static Crashes.Kind kind(int number) {
        return KINDS.get(number % KINDS.size());
    }

    @Test
    @Tag("E14")
    void run_terminated_saysSoAndExitsWith75() throws Exception {
        Path log = Files.createFile(folder.resolve("log.txt"));
        Path recipe = Files.writeString(folder.resolve("crashes.yaml"), RECIPE);
        Process process =
                new Application(folder).start(log.toFile(), log.toFile(), "run", recipe.toString(), "--workers", "1");
        while (process.isAlive()
                && !new Application(folder).run("list", "--json").out().contains("RUNNING")) {
            Thread.sleep(100);
        }

        process.destroy();

        assertThat(process.waitFor()).isEqualTo(75);
        assertThat(log).content().contains("Interrupted. The same command goes on where this one stopped.");
        assertThat(new Application(folder).run("list", "--json").out()).contains("INTERRUPTED");
    }
}
