package dev.assay.hook;

import dev.assay.run.Outcome;
import dev.assay.store.Weights;
import dev.assay.training.Every;
import dev.assay.training.Hook;
import dev.assay.training.ImmutableToyTraining;
import dev.assay.training.Interruption;
import dev.assay.training.MemoryTrial;
import dev.assay.training.ToyRun;
import dev.assay.training.ToyWrapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training with any of the hooks, stopped anywhere, goes on to the same bits. */
class HookResumeTest {
    private static final String TEACHER = "7eac4e";

    @TempDir
    Path folder;

    static Stream<Named<Supplier<List<Hook>>>> hooks() {
        return Stream.of(
                Named.of("noise mixing", () -> List.of(new NoiseMixing(HookConfigs.noise()))),
                Named.of("exponential average", () -> List.of(new ExponentialAverage(HookConfigs.exponential()))),
                Named.of("weight averaging", () -> List.of(new WeightAveraging(HookConfigs.averaging(0)))),
                Named.of("lookahead", () -> List.of(new Lookahead(HookConfigs.lookahead()))),
                Named.of("sharpness-aware", () -> List.of(new SharpnessAware(HookConfigs.sharpness()))),
                Named.of("distillation", () -> List.of(new Distillation(HookConfigs.distillation(TEACHER), teacher()))),
                Named.of(
                        "attention transfer",
                        () -> List.of(new AttentionTransfer(HookConfigs.attention(TEACHER), teacher()))),
                Named.of(
                        "representation matching",
                        () -> List.of(new RepresentationMatching(HookConfigs.matching(TEACHER), teacher()))),
                Named.of("several", () -> {
                    Teacher shared = teacher();
                    return List.of(
                            new SharpnessAware(HookConfigs.sharpness()),
                            new NoiseMixing(HookConfigs.noise()),
                            new Distillation(HookConfigs.distillation(TEACHER), shared),
                            new AttentionTransfer(HookConfigs.attention(TEACHER), shared),
                            new ExponentialAverage(HookConfigs.exponential()),
                            new WeightAveraging(HookConfigs.averaging(1)));
                }));
    }

    @ParameterizedTest
    @MethodSource("hooks")
    @Tag("E9")
    @Tag("T3")
    @Tag("T12")
    @Tag("T13")
    void run_interruptedAnywhere_endsAsTheUninterrupted(Supplier<List<Hook>> hooks) throws Exception {
        ImmutableToyTraining training = ToyWrapper.fiveEpochs()
                .withEpochs(2)
                .withDropLast(false)
                .withEvaluateEvery(Every.epochs(0.5))
                .withBest("val.loss");
        ToyRun config = ToyRun.of(training, 7);
        MemoryTrial teacher = new MemoryTrial(config, folder);
        Optional<Weights> weights = ((Outcome.Completed) new HookedWrapper(List::of).run(teacher)).weights();

        Interruption.anywhere(
                interruption -> new MemoryTrial(config, folder, 1, interruption).beside("7eac4e4", teacher, weights),
                () -> new HookedWrapper(hooks));
    }

    private static Teacher teacher() {
        return Teacher.ofTrial(TEACHER, ToyRun.class, (config, info) -> HookedWrapper.model());
    }
}
