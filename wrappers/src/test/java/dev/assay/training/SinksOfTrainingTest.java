package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Outcome;
import dev.assay.sink.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training leaves in its sinks, whether it was interrupted or not. */
class SinksOfTrainingTest {
    private static final ToyRun CONFIG = ToyRun.of(
            ToyWrapper.fiveEpochs()
                    .withEpochs(2)
                    .withEvaluateEvery(Every.epochs(0.5))
                    .withSinks(Sink.JSONL, Sink.CSV, Sink.TENSORBOARD),
            1);

    @TempDir
    Path folder;

    @Test
    @Tag("T21")
    void run_interruptedAnywhere_leavesEachValueOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        MemoryTrial whole = trial("whole", () -> {
            asked.incrementAndGet();
            return false;
        });
        new ToyWrapper().run(whole);
        List<String> expected = rows(whole);
        assertThat(expected).hasSize((int) whole.points().stream()
                .filter(point -> !isOfTheMachine(point.name()))
                .count());

        for (int i = 0; i < asked.get(); i++) {
            AtomicInteger left = new AtomicInteger(i);
            MemoryTrial first = trial("stopped" + i, () -> left.getAndDecrement() == 0);
            assertThat(new ToyWrapper().run(first)).isEqualTo(new Outcome.Interrupted());
            // What a killed process had written after its last checkpoint, torn in the middle of a line.
            if (i % 2 == 0 && Files.exists(first.directory().resolve("metrics.csv"))) {
                Files.writeString(
                        first.directory().resolve("metrics.csv"),
                        "train.loss,99,9.9,1.0,0.5\ntrain.lo",
                        StandardOpenOption.APPEND);
            }
            MemoryTrial second = first.again();
            new ToyWrapper().run(second);

            assertThat(rows(second)).as("interrupted at %d", i).isEqualTo(expected);
            assertThat(second.directory().resolve("metrics.jsonl").toFile()).isNotEmpty();
        }
    }

    private MemoryTrial trial(String name, BooleanSupplier interruption) throws IOException {
        MemoryTrial trial = new MemoryTrial(CONFIG, folder.resolve(name), 1, each -> interruption.getAsBoolean());
        Files.createDirectories(trial.directory());
        return trial;
    }

    private static List<String> rows(MemoryTrial trial) throws IOException {
        return Files.readAllLines(trial.directory().resolve("metrics.csv")).stream()
                .skip(1)
                .filter(row -> !isOfTheMachine(row))
                .toList();
    }

    private static boolean isOfTheMachine(String name) {
        return name.contains("milliseconds") || name.contains("examplesPerSecond") || name.contains("residentMemory");
    }
}
