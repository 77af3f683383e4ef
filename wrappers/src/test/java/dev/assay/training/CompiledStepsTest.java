package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.assay.error.AssayException;
import dev.assay.graph.Graph;
import dev.assay.graph.op.Ops;
import dev.assay.model.Model;
import dev.assay.optimizer.ImmutableAdadelta;
import dev.assay.optimizer.ImmutableAdagrad;
import dev.assay.optimizer.ImmutableAdam;
import dev.assay.optimizer.ImmutableAdamW;
import dev.assay.optimizer.ImmutableAdamax;
import dev.assay.optimizer.ImmutableLamb;
import dev.assay.optimizer.ImmutableLion;
import dev.assay.optimizer.ImmutableMuon;
import dev.assay.optimizer.ImmutableNAdam;
import dev.assay.optimizer.ImmutableRAdam;
import dev.assay.optimizer.ImmutableRmsProp;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.optimizer.OptimizerConfig;
import dev.assay.run.Outcome;
import dev.assay.schedule.ImmutableOneCycle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that are one call of the engine, beside those that are not. */
@Tag("T10")
class CompiledStepsTest {
    private static final int THREADS = 1;
    private static final ImmutableToyTraining FIFTY_STEPS = ToyWrapper.fiveEpochs()
            .withEpochs(13)
            .withRecordEvery(Every.steps(1))
            .withEvaluateEvery(Every.steps(25));

    @TempDir
    Path folder;

    static Stream<OptimizerConfig> optimizers() {
        double decay = 0.01;
        return Stream.of(
                ImmutableSgd.builder().lr(0.05).build(),
                ImmutableSgd.builder()
                        .lr(0.02)
                        .momentum(0.9)
                        .nesterov(true)
                        .weightDecay(decay)
                        .build(),
                ImmutableAdam.builder().amsgrad(true).weightDecay(decay).build(),
                ImmutableAdamW.builder().build(),
                ImmutableNAdam.builder().build(),
                ImmutableRAdam.builder().build(),
                ImmutableRmsProp.builder()
                        .lr(1e-3)
                        .centered(true)
                        .momentum(0.5)
                        .eps(1e-4)
                        .build(),
                ImmutableAdagrad.builder().build(),
                ImmutableAdadelta.builder().lr(0.1).build(),
                ImmutableAdamax.builder().build(),
                ImmutableLion.builder().build(),
                ImmutableLamb.builder().build());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void run_eachOptimizer_hasTheLossesOfEagerSteps(OptimizerConfig optimizer) throws Exception {
        ImmutableToyTraining training =
                FIFTY_STEPS.withOptimizer(optimizer).withClipNorm(1.0).withClipValue(0.5);

        assertSameLosses(training, GraphWrapper::new);
    }

    @Test
    @Tag("T8")
    void run_twoOptimizers_hasTheLossesOfEagerSteps() throws Exception {
        assertSameLosses(FIFTY_STEPS, () -> new GraphWrapper() {
            @Override
            protected List<OptimizerAssignment> optimizers(ToyRun config) {
                return List.of(
                        new OptimizerAssignment(
                                "vectors",
                                "*.bias,norm.*",
                                ImmutableAdam.builder().build()),
                        new OptimizerAssignment(
                                "matrices",
                                "conv.weight,logits.weight",
                                ImmutableMuon.builder().lr(0.02).build()));
            }
        });
    }

    private void assertSameLosses(ImmutableToyTraining training, Supplier<GraphWrapper> wrapper) throws Exception {
        List<MemoryTrial.Point> compiled = losses(training.withExecution(compiled()), wrapper.get());
        List<MemoryTrial.Point> eager =
                losses(training.withExecution(ImmutableEager.builder().build()), wrapper.get());

        assertThat(compiled).hasSizeGreaterThan(50).hasSameSizeAs(eager);
        for (int i = 0; i < eager.size(); i++) {
            double expected = eager.get(i).value();
            assertThat(compiled.get(i).value()).as("%s", eager.get(i)).isCloseTo(expected, within(1e-5 * expected));
        }
    }

    @Test
    @Tag("E9")
    void run_interruptedAnywhere_endsAsTheUninterrupted() throws Exception {
        ToyRun config = ToyRun.of(
                ToyWrapper.fiveEpochs()
                        .withEpochs(2)
                        .withOptimizer(ImmutableAdamW.builder().lr(0.01).build())
                        .withSchedule(ImmutableOneCycle.builder().build())
                        .withExecution(compiled()),
                7);

        Interruption.anywhere(
                interruption -> new MemoryTrial(config, folder, THREADS, interruption), GraphWrapper::new);
    }

    @ParameterizedTest
    @Tag("G11")
    @MethodSource("executions")
    void run_withFrozenTensors_changesTheOthersOnly_alsoAfterAnInterruption(ExecutionConfig execution)
            throws Exception {
        ToyRun config = ToyRun.of(FIFTY_STEPS.withEpochs(2).withExecution(execution), 7);
        FrozenWrapper first = new FrozenWrapper();
        FrozenWrapper second = new FrozenWrapper();
        AtomicInteger asked = new AtomicInteger();
        MemoryTrial trial = new MemoryTrial(config, folder, THREADS, t -> asked.incrementAndGet() > 4);

        Outcome stopped = first.run(trial);
        Outcome ended = second.run(trial.again());

        assertThat(stopped).isInstanceOf(Outcome.Interrupted.class);
        assertThat(ended).isInstanceOf(Outcome.Completed.class);
        first.before.forEach((name, values) -> assertThat(Arrays.equals(values, second.after.get(name)))
                .as(name)
                .isEqualTo(!name.startsWith("logits.")));
        assertThat(first.before.keySet()).contains("conv.weight", "norm.running_mean", "norm.weight", "logits.bias");
    }

    static Stream<ExecutionConfig> executions() {
        return Stream.of(compiled(), ImmutableEager.builder().build());
    }

    @Test
    @Tag("T3")
    void run_hookAfterTheUpdate_isCalledEachStepWithTheParametersButNoGradients() throws Exception {
        List<Double> progress = new ArrayList<>();
        Set<Float> weights = new HashSet<>();
        List<String> refusals = new ArrayList<>();
        Hook hook = new Hook() {
            @Override
            public String name() {
                return "watch";
            }

            @Override
            public void postOptimizer(StepContext step) {
                progress.add(step.progress());
                weights.add(Objects.requireNonNull(step.parameters().get("conv.weight"))
                        .getFloat(0, 0, 0, 0));
                if (refusals.isEmpty()) {
                    refusals.add(Objects.requireNonNull(catchThrowable(step::gradients))
                            .getMessage());
                }
            }
        };
        GraphWrapper wrapper = new GraphWrapper() {
            @Override
            protected List<Hook> hooks(ToyRun config) {
                return List.of(hook);
            }
        };

        wrapper.run(trial(FIFTY_STEPS.withExecution(compiled())));

        assertThat(progress).hasSizeGreaterThan(40).isSorted().last().isEqualTo(1.0);
        assertThat(weights).hasSize(progress.size());
        assertThat(refusals)
                .containsExactly("Step 0 is one call of the engine, which keeps no gradients.\n"
                        + "Maybe train.execution should be {kind: eager}.");
    }

    @Test
    void run_lossNotFinite_namesTheFirstTensorAndChangesNothing() throws Exception {
        MemoryTrial trial = trial(FIFTY_STEPS
                .withOptimizer(ImmutableSgd.builder().lr(1e30).build())
                .withExecution(compiled()));

        Outcome outcome = new GraphWrapper().run(trial);

        assertThat(outcome).isInstanceOf(Outcome.Diverged.class);
        assertThat(((Outcome.Diverged) outcome).toString())
                .contains("train.loss is", "first tensor that is not finite");
    }

    @Test
    void run_compiled_keepsTheCodeForPeople() throws Exception {
        MemoryTrial trial = trial(FIFTY_STEPS.withEpochs(1).withExecution(compiled()));

        new GraphWrapper().run(trial);

        assertThat(Files.readString(trial.directory().resolve("step.py")))
                .contains("torch.conv2d", "torch.relu_", "torch.autograd.grad", "def update(");
    }

    @Test
    void run_compiledWithHookInTheStep_isRefused() {
        MemoryTrial trial = trial(FIFTY_STEPS.withExecution(compiled()));

        assertThatThrownBy(() -> new PictureWrapper().run(trial))
                .isInstanceOf(AssayException.class)
                .hasMessage("The config asks for steps that are compiled, which must be one call of the engine;"
                        + " but the model is a DJL block and no graph.");
    }

    @Test
    void run_bfloat16_losesAboutAsMuch() throws Exception {
        ImmutableToyTraining training = FIFTY_STEPS.withEpochs(5);
        List<MemoryTrial.Point> narrow = losses(
                training.withExecution(ImmutableCompiled.builder()
                        .precision(Precision.BFLOAT16)
                        .force(true)
                        .build()),
                new GraphWrapper());
        List<MemoryTrial.Point> wide = losses(training.withExecution(compiled()), new GraphWrapper());

        assertThat(narrow).isNotEqualTo(wide);
        for (int i = 0; i < 10; i++) {
            assertThat(narrow.get(i).value()).isCloseTo(wide.get(i).value(), within(0.05));
        }
    }

    private static ExecutionConfig compiled() {
        return ImmutableCompiled.builder().build();
    }

    private MemoryTrial trial(ToyRun.ToyTraining training) {
        return new MemoryTrial(ToyRun.of(training, 7), folder, THREADS, trial -> false);
    }

    private List<MemoryTrial.Point> losses(ToyRun.ToyTraining training, GraphWrapper wrapper) throws Exception {
        MemoryTrial trial = trial(training);
        assertThat(wrapper.run(trial)).isInstanceOf(Outcome.Completed.class);
        return trial.points().stream()
                .filter(point -> point.name().endsWith(".loss"))
                .toList();
    }

    /** All that is random or has a state, in a graph. */
    private static class GraphWrapper extends PictureWrapper {
        @Override
        protected Model createModel(ToyRun config, DataInfo info) {
            return Graph.of(g -> g.input("image", "label")
                            .add("conv", Ops.convSame(6, 3))
                            .add("norm", Ops.batchNorm())
                            .add("relu", Ops.relu())
                            .add("pool", Ops.maxPool(2))
                            .add("drop", Ops.dropout(0.3))
                            .add("flat", Ops.flatten())
                            .add("logits", Ops.linear(2))
                            .add("loss", Ops.crossEntropy(), "logits", "label"))
                    .toModel();
        }

        @Override
        protected List<Hook> hooks(ToyRun config) {
            return List.of();
        }
    }

    /** Of which all but the last layer stays as it is. */
    private static final class FrozenWrapper extends GraphWrapper {
        private Map<String, float[]> before = Map.of();
        private Map<String, float[]> after = Map.of();

        @Override
        protected boolean isFrozen(ToyRun config, String tensor) {
            return !tensor.startsWith("logits.");
        }

        @Override
        protected void start(ToyRun config, Start start) {
            before = values(start.model());
        }

        @Override
        protected Evaluation evaluate(EvaluationContext evaluation, String partition) {
            after = values(evaluation.model());
            return super.evaluate(evaluation, partition);
        }

        private static Map<String, float[]> values(Model model) {
            Map<String, float[]> values = new TreeMap<>();
            model.tensors().forEach((name, tensor) -> values.put(name, tensor.toFloatArray()));
            return values;
        }
    }
}
