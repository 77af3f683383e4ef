package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.Scalars;
import dev.assay.error.AssayException;
import dev.assay.metric.Metric;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.run.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hooks are called for, in what order, and what they can do. */
class HookTest {
    @TempDir
    Path folder;

    private final List<String> calls = new ArrayList<>();

    @Test
    @Tag("T3")
    void run_twoHooks_areCalledInDeclaredOrderAtEveryPoint() throws Exception {
        completed(wrapper(new Telling("a"), new Telling("b")), oneEpoch(2));

        List<String> step = both("preForward", "postForward", "postBackward", "postOptimizer");
        List<String> expected = new ArrayList<>(both("begin", "preEpoch"));
        expected.addAll(step);
        expected.addAll(step);
        expected.addAll(both("postEpoch"));
        expected.addAll(List.of("a preEvaluation", "b preEvaluation", "b postEvaluation", "a postEvaluation"));
        expected.addAll(both("preCheckpoint", "finish"));
        expected.addAll(List.of("a preEvaluation", "b preEvaluation", "b postEvaluation", "a postEvaluation"));
        assertThat(calls).isEqualTo(expected);
    }

    @Test
    @Tag("T3")
    void run_manualSteps_callHooksAsTheLoopDoes() throws Exception {
        completed(wrapper(new Telling("a")), oneEpoch(3));
        List<String> byLoop = List.copyOf(calls);
        calls.clear();

        ToyWrapper manual = new Hooked(List.of(new Telling("a"))) {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                Outputs outputs = step.forward(batch);
                step.backward(outputs.loss());
                step.update();
                step.zeroGradients();
                return StepResult.manual(Map.of("loss", Scalars.value(outputs.loss())));
            }
        };
        completed(manual, oneEpoch(3));

        assertThat(calls).isEqualTo(byLoop);
    }

    @Test
    @Tag("T3")
    void preForward_otherInputsAndTargets_areWhatTheModelSees() throws Exception {
        Hook zeros = new Named("zeros") {
            @Override
            public Batch preForward(StepContext step, Batch batch) {
                return batch.with("image", batch.get("image").zerosLike())
                        .with("label", batch.get("label").zerosLike());
            }
        };
        List<List<Long>> labels = new ArrayList<>();
        Hook seeing = new Named("seeing") {
            @Override
            public Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
                assertThat(batch.get("image").toFloatArray()).containsOnly(0);
                labels.add(List.of(
                        batch.get("label").toLongArray()[0], batch.get("label").toLongArray()[9]));
                return outputs;
            }
        };

        double loss = loss(wrapper(zeros, seeing), oneEpoch(10));

        assertThat(labels).hasSize(10).containsOnly(List.of(0L, 0L));
        assertThat(loss).isLessThan(1);
    }

    @Test
    @Tag("T3")
    void postForward_otherOutputsAndLoss_areWhatTheStepGoesOnWith() throws Exception {
        Hook replacing = new Named("replacing") {
            @Override
            public Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
                return outputs.with("logits", outputs.get("logits").mul(2))
                        .withLoss(outputs.loss().mul(0).add(5));
            }
        };
        List<Double> ratios = new ArrayList<>();
        Hook seeing = new Named("seeing") {
            @Override
            public Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
                ratios.add(Scalars.value(outputs.loss()));
                return outputs.plusLoss(outputs.loss());
            }
        };

        double loss = loss(wrapper(replacing, seeing), oneEpoch(2));

        assertThat(ratios).containsExactly(5.0, 5.0);
        assertThat(loss).isEqualTo(10);
    }

    @Test
    @Tag("T3")
    void key_sharedByHooksAndWrapper_livesForABatch() throws Exception {
        Key<Integer> key = new Key<>("count", Integer.class);
        List<Optional<Integer>> found = new ArrayList<>();
        Hook first = new Named("first") {
            @Override
            public Batch preForward(StepContext step, Batch batch) {
                found.add(step.get(key));
                step.put(key, (int) step.number());
                return batch;
            }
        };
        Hook second = new Named("second") {
            @Override
            public Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
                found.add(step.get(new Key<>("count", Integer.class)));
                return outputs;
            }
        };
        ToyWrapper wrapper = new Hooked(List.of(first, second)) {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                StepResult result = super.trainStep(step, batch);
                return result.with("count", step.get(key).orElseThrow());
            }
        };

        MemoryTrial trial = completed(wrapper, oneEpoch(4).withAccumulate(2).withBatchSize(5));

        Optional<Integer> none = Optional.empty();
        assertThat(found.subList(0, 4)).containsExactly(none, Optional.of(0), none, Optional.of(0));
        assertThat(trial.points("train.count").get(1).value()).isEqualTo(1);
    }

    @Test
    @Tag("T4")
    void endEpoch_inAStep_leavesOutTheRestAndEndsTheEpochAsUsual() throws Exception {
        Hook breaking = new Named("breaking") {
            @Override
            public void postOptimizer(StepContext step) {
                calls.add(step.epoch() + ":" + step.number());
                if (step.number() % 3 == 2) {
                    step.endEpoch();
                }
            }

            @Override
            public void postEpoch(EpochContext epoch) {
                calls.add("end of " + epoch.epoch() + " at " + epoch.step());
            }
        };

        MemoryTrial trial = completed(wrapper(breaking), ToyWrapper.fiveEpochs().withEpochs(2));

        assertThat(calls).containsExactly("0:0", "0:1", "0:2", "end of 0 at 3", "1:3", "1:4", "1:5", "end of 1 at 6");
        assertThat(trial.points("val.loss"))
                .extracting(MemoryTrial.Point::step, MemoryTrial.Point::epoch)
                .containsExactly(tuple(3L, 1.0), tuple(6L, 2.0));
    }

    @Test
    @Tag("T4")
    void endEpoch_withinAnAccumulatedStep_comesAfterTheStep() throws Exception {
        Hook breaking = new Named("breaking") {
            @Override
            public Batch preForward(StepContext step, Batch batch) {
                calls.add(step.epoch() + ":" + step.number());
                step.endEpoch();
                return batch;
            }
        };

        completed(wrapper(breaking), ToyWrapper.fiveEpochs().withEpochs(2).withAccumulate(2));

        assertThat(calls).containsExactly("0:0", "0:0", "1:1", "1:1");
    }

    @Test
    @Tag("T3")
    void hook_failing_isNamedWithThePoint_andAllAreTold() {
        Hook failing = new Telling("failing") {
            @Override
            public void postBackward(StepContext step) {
                throw new IllegalStateException("no more");
            }
        };

        MemoryTrial trial = trial(oneEpoch(2));
        assertThatThrownBy(() -> wrapper(failing, new Telling("b")).run(trial))
                .isInstanceOf(AssayException.class)
                .hasMessage("Hook (failing) failed in postBackward: java.lang.IllegalStateException: no more")
                .hasRootCauseMessage("no more");
        assertThat(calls).endsWith("failing onException", "b onException");
    }

    @Test
    @Tag("E9")
    void hook_failingWithinAnEvaluation_leavesNoStateOfIt() {
        Hook swapping = new Named("swapping") {
            @Override
            public void preEvaluation(EvaluationContext evaluation) {
                calls.add("pre");
            }

            @Override
            public void postEvaluation(EvaluationContext evaluation, Map<String, Double> metrics) {
                calls.add("post " + metrics);
            }
        };
        Hook failing = new Named("failing") {
            @Override
            public void preEvaluation(EvaluationContext evaluation) {
                throw new AssayException("no more");
            }
        };

        MemoryTrial trial = trial(oneEpoch(2));
        assertThatThrownBy(() -> wrapper(swapping, failing).run(trial))
                .hasMessage("Hook (failing) failed in preEvaluation: no more");
        assertThat(calls).containsExactly("pre", "post {}");
        assertThat(trial.directory().resolve("checkpoints")).doesNotExist();
    }

    @Test
    @Tag("E9")
    void run_failingAfterTheForwardPass_keepsNoStateOfTheHalfStep() {
        ToyWrapper wrapper = new Hooked(List.of()) {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                StepResult result = super.trainStep(step, batch);
                if (step.number() == 3) {
                    throw new IllegalStateException("no more");
                }
                return result;
            }
        };

        MemoryTrial trial = trial(oneEpoch(10));
        assertThatThrownBy(() -> wrapper.run(trial)).hasMessage("no more");
        assertThat(trial.directory().resolve("checkpoints")).doesNotExist();
    }

    @Test
    @Tag("E9")
    void run_failingAfterTheModelWasRunByItself_keepsNoStateOfTheHalfStep() {
        ToyWrapper wrapper = new Hooked(List.of()) {
            @Override
            protected StepResult trainStep(StepContext step, Batch batch) {
                Outputs outputs = step.model().forward(batch, Mode.TRAIN);
                if (step.number() == 3) {
                    throw new IllegalStateException("no more");
                }
                return StepResult.loss(outputs.loss());
            }
        };

        MemoryTrial trial = trial(oneEpoch(10));
        assertThatThrownBy(() -> wrapper.run(trial)).hasMessage("no more");
        assertThat(trial.directory().resolve("checkpoints")).doesNotExist();
    }

    @Test
    @Tag("T3")
    void run_withHooks_recordsTheTimeOfEach() throws Exception {
        Hook slow = new Named("slow") {
            @Override
            public Batch preForward(StepContext step, Batch batch) {
                long end = System.nanoTime() + 3_000_000;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return batch;
            }
        };

        MemoryTrial trial =
                completed(wrapper(slow, new Named("quick") {}), oneEpoch(4).withRecordEvery(Every.epochs(1)));

        assertThat(trial.points("train.milliseconds.hook.slow").get(0).value()).isGreaterThanOrEqualTo(3);
        assertThat(trial.points("train.milliseconds.hook.quick").get(0).value()).isLessThan(3);
        assertThat(trial.points("train.milliseconds.forward").get(0).value()).isPositive();
    }

    @Test
    @Tag("T3")
    void run_hookThatRunsTheModel_isNotChargedForOthers() throws Exception {
        Hook slow = new Named("slow") {
            @Override
            public Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
                long end = System.nanoTime() + 3_000_000;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return outputs;
            }
        };
        Hook again = new Named("again") {
            @Override
            public void postBackward(StepContext step) {
                step.forward(Batch.of(
                        1,
                        Map.of("image", step.manager().zeros(ToyWrapper.SHAPE).expandDims(0))));
            }
        };

        MemoryTrial trial = completed(wrapper(slow, again), oneEpoch(4).withRecordEvery(Every.epochs(1)));

        assertThat(trial.points("train.milliseconds.hook.slow").get(0).value()).isGreaterThanOrEqualTo(6);
        assertThat(trial.points("train.milliseconds.hook.again").get(0).value()).isLessThan(3);
        assertThat(trial.points("train.milliseconds.backward").get(0).value()).isNotNegative();
    }

    @Test
    @Tag("T2")
    void epoch_stop_endsTheTrainingThere() throws Exception {
        Hook stopping = new Named("stopping") {
            @Override
            public void postEpoch(EpochContext epoch) {
                if (epoch.epoch() == 1) {
                    epoch.stop();
                }
            }
        };

        MemoryTrial trial = completed(wrapper(stopping), ToyWrapper.fiveEpochs());

        assertThat(trial.points("val.loss")).extracting(MemoryTrial.Point::step).containsExactly(10L, 20L);
    }

    @Test
    @Tag("T2")
    void epoch_stopBeforeAPass_leavesItOut() throws Exception {
        Hook stopping = new Named("stopping") {
            @Override
            public void preEpoch(EpochContext epoch) {
                if (epoch.epoch() == 2) {
                    epoch.stop();
                }
            }
        };

        MemoryTrial trial = completed(wrapper(stopping), ToyWrapper.fiveEpochs());

        assertThat(trial.points("train.loss")).hasSize(20);
    }

    @Test
    @Tag("T2")
    void epoch_save_isOncePerCall() throws Exception {
        List<Long> saved = new ArrayList<>();
        Hook saving = new Named("saving") {
            @Override
            public void preEpoch(EpochContext epoch) {
                if (epoch.epoch() == 1) {
                    epoch.save();
                }
            }

            @Override
            public void postEpoch(EpochContext epoch) {
                if (epoch.epoch() == 3) {
                    epoch.save();
                }
            }

            @Override
            public void preCheckpoint(long step) {
                saved.add(step);
            }
        };

        completed(wrapper(saving), ToyWrapper.fiveEpochs());

        assertThat(saved).containsExactly(10L, 40L, 50L);
    }

    @Test
    @Tag("T2")
    void epoch_record_isRecordedForTrainingAndDeclared() throws Exception {
        Hook recording = new Named("recording") {
            @Override
            public List<Metric> metrics() {
                return List.of(Metric.maximize("epochNumber"));
            }

            @Override
            public void postEpoch(EpochContext epoch) {
                epoch.record("epochNumber", (double) epoch.epoch());
            }
        };

        MemoryTrial trial = completed(wrapper(recording), ToyWrapper.fiveEpochs());

        assertThat(trial.points("train.epochNumber"))
                .extracting(MemoryTrial.Point::value)
                .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    }

    @Test
    @Tag("T2")
    @Tag("E3")
    void epoch_restoreBest_goesOnFromTheBestWeights() throws Exception {
        List<float[]> weights = new ArrayList<>();
        Hook restoring = new Named("restoring") {
            @Override
            public void preEpoch(EpochContext epoch) {
                weights.add(weights(epoch.model()));
            }

            @Override
            public void postEpoch(EpochContext epoch) {
                weights.add(weights(epoch.model()));
                if (epoch.epoch() == 2) {
                    epoch.restoreBest();
                }
            }
        };

        MemoryTrial trial = completed(
                wrapper(restoring),
                ToyWrapper.fiveEpochs()
                        .withEpochs(4)
                        .withOptimizer(ImmutableSgd.builder().lr(3).build())
                        .withBest("val.loss"));

        List<MemoryTrial.Point> losses = trial.points("val.loss");
        int best = losses.get(0).value() <= losses.get(1).value() ? 0 : 1;
        assertThat(weights.get(6)).isEqualTo(weights.get(2 * best + 1)).isNotEqualTo(weights.get(5));
    }

    @Test
    @Tag("E9")
    void run_interruptedBeforeTheFirstBatch_beginsTheEpochOnce() throws Exception {
        AtomicInteger epochs = new AtomicInteger();
        Hook counting = new Named("counting") {
            @Override
            public void preEpoch(EpochContext epoch) {
                epoch.record("begun", epochs.incrementAndGet());
            }
        };
        AtomicInteger asked = new AtomicInteger();
        MemoryTrial first = new MemoryTrial(
                ToyRun.of(oneEpoch(2).withEpochs(2), 1), folder, 1, trial -> asked.getAndIncrement() == 0);
        assertThat(wrapper(counting).run(first)).isEqualTo(new Outcome.Interrupted());
        MemoryTrial second = first.again();

        wrapper(counting).run(second);

        assertThat(second.points("train.begun"))
                .extracting(MemoryTrial.Point::value)
                .containsExactly(1.0, 2.0);
    }

    @Test
    @Tag("T3")
    void hooks_ofOneName_areRefused() {
        assertThatThrownBy(() -> wrapper(new Named("a") {}, new Named("a") {}).run(trial(oneEpoch(2))))
                .isInstanceOf(AssayException.class)
                .hasMessage("There are two hooks called (a); each needs a name of its own.");
    }

    /** All calls of points, of hook a and then of hook b. */
    private static List<String> both(String... points) {
        List<String> all = new ArrayList<>();
        for (String point : points) {
            all.add("a " + point);
            all.add("b " + point);
        }
        return all;
    }

    private static float[] weights(Model model) {
        return Autograd.notRecording(
                () -> Objects.requireNonNull(model.parameters().get("1.weight")).toFloatArray());
    }

    private static ToyWrapper wrapper(Hook... hooks) {
        return new Hooked(List.of(hooks));
    }

    private static ImmutableToyTraining oneEpoch(int batches) {
        return ToyWrapper.fiveEpochs().withEpochs(1).withLimitBatches(batches).withRecordEvery(Every.steps(1));
    }

    private MemoryTrial trial(ToyRun.ToyTraining training) {
        return new MemoryTrial(ToyRun.of(training, 1), folder);
    }

    private MemoryTrial completed(ToyWrapper wrapper, ToyRun.ToyTraining training) throws Exception {
        MemoryTrial trial = trial(training);
        assertThat(wrapper.run(trial)).isInstanceOf(Outcome.Completed.class);
        return trial;
    }

    /** The last loss of the training. */
    private double loss(ToyWrapper wrapper, ToyRun.ToyTraining training) throws Exception {
        List<MemoryTrial.Point> losses = completed(wrapper, training).points("train.loss");
        return losses.get(losses.size() - 1).value();
    }

    private static class Hooked extends ToyWrapper {
        private final List<Hook> hooks;

        Hooked(List<Hook> hooks) {
            this.hooks = hooks;
        }

        @Override
        protected List<Hook> hooks(ToyRun config) {
            return hooks;
        }
    }

    private abstract static class Named implements Hook {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }
    }

    /** Tells of every call. */
    private class Telling extends Named {
        Telling(String name) {
            super(name);
        }

        private void tell(String point) {
            calls.add(name() + " " + point);
        }

        @Override
        public void begin(Start start) {
            tell("begin");
        }

        @Override
        public void preEpoch(EpochContext epoch) {
            tell("preEpoch");
        }

        @Override
        public Batch preForward(StepContext step, Batch batch) {
            tell("preForward");
            return batch;
        }

        @Override
        public Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
            tell("postForward");
            return outputs;
        }

        @Override
        public void postBackward(StepContext step) {
            tell("postBackward");
        }

        @Override
        public void postOptimizer(StepContext step) {
            tell("postOptimizer");
        }

        @Override
        public void postEpoch(EpochContext epoch) {
            tell("postEpoch");
        }

        @Override
        public void preEvaluation(EvaluationContext evaluation) {
            tell("preEvaluation");
        }

        @Override
        public void postEvaluation(EvaluationContext evaluation, Map<String, Double> metrics) {
            tell("postEvaluation");
        }

        @Override
        public void preCheckpoint(long step) {
            tell("preCheckpoint");
        }

        @Override
        public void onException(Throwable failure) {
            tell("onException");
        }

        @Override
        public void finish(EvaluationContext evaluation) {
            tell("finish");
        }
    }
}
