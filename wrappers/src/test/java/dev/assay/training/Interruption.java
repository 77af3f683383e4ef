package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.Checkpoint;
import dev.assay.checkpoint.CheckpointFolder;
import dev.assay.checkpoint.TensorDigest;
import dev.assay.engine.Native;
import dev.assay.run.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Stops a training wherever it asks whether to stop, lets it go on from what is on disk, and compares it with the uninterrupted one. */
public final class Interruption {
    private Interruption() {}

    /** All that a training leaves: state of the end, by name, and what was recorded. */
    private record Left(
            String weights, Map<String, String> tensors, Map<String, Double> numbers, List<MemoryTrial.Point> points) {}

    /**
     * Asserts that a training stopped anywhere ends as the uninterrupted one.
     *
     * @param trials a trial of one config in a folder of its own, interrupted as told
     * @param wrappers a new wrapper
     */
    public static void anywhere(
            Function<Predicate<MemoryTrial>, MemoryTrial> trials, Supplier<? extends ModelWrapper<ToyRun>> wrappers)
            throws Exception {
        AtomicInteger asked = new AtomicInteger();
        MemoryTrial whole = trials.apply(trial -> {
            asked.incrementAndGet();
            return false;
        });
        Left expected = left(whole, wrappers.get().run(whole));

        for (int i = 0; i < asked.get(); i++) {
            AtomicInteger left = new AtomicInteger(i);
            MemoryTrial first = trials.apply(trial -> left.getAndDecrement() == 0);
            assertThat(wrappers.get().run(first)).isEqualTo(new Outcome.Interrupted());
            MemoryTrial second = first.again();

            assertThat(left(second, wrappers.get().run(second)))
                    .as("interrupted at %d", i)
                    .isEqualTo(expected);
        }
    }

    private static Left left(MemoryTrial trial, Outcome outcome) throws Exception {
        Map<String, String> tensors = new TreeMap<>();
        Map<String, Double> numbers = new TreeMap<>();
        Native.run(memory -> {
            Checkpoint last = read(() -> CheckpointFolder.of(trial.artifacts(), trial.directory()), memory);
            for (Map.Entry<String, NDArray> tensor : last.tensors().entrySet()) {
                tensors.put(tensor.getKey(), TensorDigest.of(Map.of("", tensor.getValue())));
            }
            numbers.putAll(last.numbers());
        });
        numbers.keySet().removeIf(name -> name.contains("seconds") || isFigure(name));
        List<MemoryTrial.Point> points =
                trial.points().stream().filter(point -> !isFigure(point.name())).toList();
        String weights = ((Outcome.Completed) outcome).weights().orElseThrow().sha256();
        return new Left(weights, tensors, numbers, points);
    }

    private static Checkpoint read(Supplier<CheckpointFolder> folder, NDManager memory) {
        try {
            return folder.get().newest(memory).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a metric tells of the machine and not of the training. */
    private static boolean isFigure(String name) {
        return name.contains("milliseconds") || name.contains("examplesPerSecond") || name.contains("residentMemory");
    }
}
