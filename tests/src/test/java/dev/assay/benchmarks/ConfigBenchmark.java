package dev.assay.benchmarks;

import dev.assay.examples.cifar10.ClassifierRun;
import dev.assay.identity.TrialIdentity;
import dev.assay.recipe.PlannedTrial;
import dev.assay.recipe.Recipe;
import dev.assay.recipe.RecipeReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How long it takes to read, check and bind a recipe of 200 lines that asks for one trial or for 20, and to take the digests of 100,000 configs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ConfigBenchmark {
    private static final int CONFIGS = 100_000;
    private static final int DISTINCT = 500;

    private static final String BASE = """
            experiment: long
            wrapper: classifier
            base:
              seed: 1
              data:
                kind: cifar10
                augmentation:
                  pad: 4
                  flip: random
                  cutout: 8
                validationExamples: 1000
              model:
                kind: resnet9
                width: 16
              train:
                epochs: 16
                batchSize: 128
                optimizer:
                  kind: sgd
                  lr: 0.2
                  momentum: 0.9
                  nesterov: true
            """;

    private final RecipeReader reader = RecipeReader.of(Map.of("classifier", ClassifierRun.class));
    private final String oneTrial = ofOneTrial();
    private final String twentyTrials = ofTwentyTrials();
    private final List<? extends PlannedTrial<?>> trials =
            read(BASE + "replicates: " + DISTINCT + "\n").trials();

    /** A schedule of many points fills the lines. */
    private static String ofOneTrial() {
        StringBuilder text = new StringBuilder(BASE).append("    schedule:\n      kind: linear\n      points:\n");
        for (int i = 0; i < 87; i++) {
            text.append("        - at: ").append(i / 100.0).append("\n          factor: 0.5\n");
        }
        return lines(text.toString(), 200);
    }

    private static String ofTwentyTrials() {
        StringBuilder text = new StringBuilder(BASE).append("sweep:\n  zip:\n");
        for (String path : List.of(
                "epochs", "batchSize", "evaluateEvery.epochs", "clipNorm", "optimizer.lr", "optimizer.weightDecay")) {
            text.append("    train.").append(path).append(":\n");
            for (int i = 1; i <= 20; i++) {
                text.append("      - ").append(i).append('\n');
            }
        }
        return lines(text.toString(), 200);
    }

    private static String lines(String text, int count) {
        return text + "# \n".repeat(count - (int) text.lines().count());
    }

    private Recipe<?> read(String text) {
        return reader.parse(text, Path.of("long.yaml"), List.of());
    }

    @Benchmark
    public Recipe<?> readOneTrial() {
        return read(oneTrial);
    }

    @Benchmark
    public Recipe<?> readTwentyTrials() {
        return read(twentyTrials);
    }

    @Benchmark
    public void hashHundredThousandConfigs(Blackhole sink) {
        for (int i = 0; i < CONFIGS; i++) {
            sink.consume(TrialIdentity.of("classifier", trials.get(i % DISTINCT).config()));
        }
    }
}
