package dev.assay.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.engine.Autograd;
import dev.assay.model.Model;
import dev.assay.training.EpochContext;
import dev.assay.training.EvaluationContext;
import dev.assay.training.Every;
import dev.assay.training.Hook;
import dev.assay.training.ImmutableToyTraining;
import dev.assay.training.MemoryTrial;
import dev.assay.training.StepContext;
import dev.assay.training.ToyRun;
import dev.assay.training.ToyWrapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exponential averages and stochastic weight averaging. */
@Tag("T3")
class AveragingTest {
    @TempDir
    Path folder;

    private final List<Map<String, float[]>> afterSteps = new ArrayList<>();
    private final List<Map<String, float[]>> afterEpochs = new ArrayList<>();
    private final List<Map<String, float[]>> evaluated = new ArrayList<>();

    @Test
    void exponentialAverage_isEvaluatedAndKept_andTrainingGoesOnWithout() throws Exception {
        List<MemoryTrial.Point> plain = losses(List.of());
        afterSteps.clear();
        evaluated.clear();

        List<MemoryTrial.Point> averaged = losses(List.of(new ExponentialAverage(HookConfigs.exponential())));

        assertThat(averaged).isEqualTo(plain);
        Map<String, double[]> mean = new TreeMap<>();
        for (int t = 0; t < afterSteps.size(); t++) {
            double kept = t == 0 ? 0 : Math.min(0.6, (2.0 + t) / (11.0 + t));
            afterSteps.get(t).forEach((name, now) -> {
                double[] before = mean.computeIfAbsent(name, any -> new double[now.length]);
                for (int i = 0; i < now.length; i++) {
                    before[i] = name.contains("running") ? now[i] : kept * before[i] + (1 - kept) * now[i];
                }
            });
        }
        assertThat(evaluated).hasSize(3);
        assertClose(evaluated.get(1), mean);
        assertThat(evaluated.get(2).get("head.2.weight"))
                .as("what is kept is what was evaluated last")
                .isEqualTo(evaluated.get(1).get("head.2.weight"));
    }

    @Test
    void exponentialAverage_withoutWarmup_keepsThatMuchFromTheFirst() throws Exception {
        losses(List.of(new ExponentialAverage(
                HookConfigs.exponential().withWarmup(false).withDecay(0))));

        assertThat(evaluated.get(1).get("head.2.weight"))
                .containsExactly(last(afterSteps).get("head.2.weight"), within(1e-6f));
    }

    @Test
    void weightAveraging_isTheEqualAverageOfLateEpochs_withStatisticsOfItsOwn() throws Exception {
        List<MemoryTrial.Point> plain = losses(List.of(), 4);
        afterEpochs.clear();
        evaluated.clear();

        List<MemoryTrial.Point> averaged = losses(List.of(new WeightAveraging(HookConfigs.averaging(1))), 4);

        assertThat(averaged).isEqualTo(plain);
        Map<String, double[]> mean = new TreeMap<>();
        afterEpochs
                .subList(1, 4)
                .forEach(epoch -> epoch.forEach((name, now) -> {
                    double[] sum = mean.computeIfAbsent(name, any -> new double[now.length]);
                    for (int i = 0; i < now.length; i++) {
                        sum[i] += now[i] / 3.0;
                    }
                }));
        mean.keySet().removeIf(name -> name.contains("running"));
        assertThat(evaluated).hasSize(5);
        assertThat(evaluated.get(0).get("head.2.weight"))
                .as("before it begins")
                .isEqualTo(afterEpochs.get(0).get("head.2.weight"));
        assertClose(evaluated.get(3), mean);
        assertThat(evaluated.get(3).get("body.1.runningMean"))
                .isNotEqualTo(afterEpochs.get(3).get("body.1.runningMean"))
                .isEqualTo(evaluated.get(4).get("body.1.runningMean"));
    }

    @Test
    void weightAveraging_thatNeverBegins_changesNothing() throws Exception {
        losses(List.of(new WeightAveraging(HookConfigs.averaging(9))), 2);

        assertThat(last(evaluated).get("head.2.weight"))
                .isEqualTo(last(afterEpochs).get("head.2.weight"));
    }

    @Test
    void lookahead_movesSlowWeightsEverySecondStep_andTrainingGoesOnFromThere() throws Exception {
        SortedMap<Long, Map<String, float[]>> before = new TreeMap<>();
        SortedMap<Long, Map<String, float[]>> after = new TreeMap<>();
        losses(List.of(
                watch("before", before), new Lookahead(HookConfigs.lookahead().withPower(1)), watch("after", after)));

        Map<String, float[]> slow = Objects.requireNonNull(after.get(1L));
        for (long step = 2; step < after.size(); step++) {
            Map<String, float[]> fast = Objects.requireNonNull(before.get(step));
            Map<String, float[]> now = Objects.requireNonNull(after.get(step));
            if (step % 2 == 0) {
                assertThat(now.get("head.2.weight")).isEqualTo(fast.get("head.2.weight"));
                continue;
            }
            float kept = 0.6f * (step + 1) / after.size();
            for (String name : List.of("head.2.weight", "body.1.runningMean")) {
                float[] was = Objects.requireNonNull(slow.get(name));
                float[] found = Objects.requireNonNull(now.get(name));
                for (int i = 0; i < was.length; i++) {
                    float expected = kept * was[i] + (1 - kept) * Objects.requireNonNull(fast.get(name))[i];
                    assertThat(found[i]).as("%s in step %s", name, step).isCloseTo(expected, within(1e-5f));
                }
            }
            slow = now;
        }
        assertThat(last(evaluated).get("head.2.weight")).isEqualTo(slow.get("head.2.weight"));
    }

    /** Keeps what the model is after each update, as a hook at its place finds it. */
    private static Hook watch(String name, Map<Long, Map<String, float[]>> found) {
        return new Hook() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void postOptimizer(StepContext step) {
                found.put(step.number(), Seeing.values(step.model()));
            }
        };
    }

    private static void assertClose(Map<String, float[]> found, Map<String, double[]> expected) {
        expected.forEach((name, values) -> {
            float[] theirs = Objects.requireNonNull(found.get(name));
            for (int i = 0; i < values.length; i++) {
                assertThat((double) theirs[i]).as(name).isCloseTo(values[i], within(2e-6));
            }
        });
    }

    private static Map<String, float[]> last(List<Map<String, float[]>> all) {
        return all.get(all.size() - 1);
    }

    private List<MemoryTrial.Point> losses(List<Hook> hooks) throws Exception {
        return losses(hooks, 2);
    }

    private List<MemoryTrial.Point> losses(List<Hook> hooks, int epochs) throws Exception {
        List<Hook> all = new ArrayList<>(hooks);
        all.add(new Seeing());
        ImmutableToyTraining training =
                ToyWrapper.fiveEpochs().withEpochs(epochs).withRecordEvery(Every.steps(1));
        MemoryTrial trial = new MemoryTrial(ToyRun.of(training, 3), folder);
        new HookedWrapper(() -> all).run(trial);
        return trial.points("train.loss");
    }

    /** Remembers what the model is at each point. */
    private final class Seeing implements Hook {
        @Override
        public String name() {
            return "seeing";
        }

        @Override
        public void postOptimizer(StepContext step) {
            afterSteps.add(values(step.model()));
        }

        @Override
        public void postEpoch(EpochContext epoch) {
            afterEpochs.add(values(epoch.model()));
        }

        @Override
        public void preEvaluation(EvaluationContext evaluation) {
            evaluated.add(values(evaluation.model()));
        }

        private static Map<String, float[]> values(Model model) {
            Map<String, float[]> values = new TreeMap<>();
            model.tensors().forEach((name, tensor) -> values.put(name, Autograd.notRecording(tensor::toFloatArray)));
            return values;
        }
    }
}
