package dev.assay.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.data.Datasets;
import dev.assay.data.Partition;
import dev.assay.random.Seed;
import dev.assay.training.Hook;
import dev.assay.training.ModelWrapper;
import dev.assay.training.Start;
import dev.assay.training.StepContext;
import dev.assay.training.StepResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Each mistake is found by the test that is for it, and by no other. */
@Tag("K6")
class WrongWrappersTest {

    /** The tests of a wrapper and the same config. */
    abstract static class Points implements WrapperTest<PointsRun> {
        @Override
        public PointsRun config() {
            return PointsRun.small();
        }
    }

    static class Right extends Points {
        @Override
        public ModelWrapper<PointsRun> wrapper() {
            return new PointsWrapper();
        }
    }

    @Test
    void rightWrapper_passesAll() {
        assertThat(failures(Right.class)).isEmpty();
    }

    static class Leaking extends Points {
        @Override
        public ModelWrapper<PointsRun> wrapper() {
            return new PointsWrapper() {
                @Override
                protected StepResult trainStep(StepContext step, Batch batch) {
                    NDArray loss = step.forward(batch).loss();
                    loss.duplicate().attach(step.manager().getParentManager());
                    return StepResult.loss(loss);
                }
            };
        }
    }

    @Test
    void arraysThatOutliveTheirStep_areLeaks() {
        assertThat(failures(Leaking.class))
                .containsOnlyKeys("leaksNoArrays")
                .extractingByKey("leaksNoArrays")
                .asString()
                .contains(
                        "native arrays are alive at batch 24 of the training",
                        "their number should stay the same.\nMaybe ");
    }

    static class Keeping extends Points {
        @Override
        public ModelWrapper<PointsRun> wrapper() {
            return new PointsWrapper() {
                @Override
                protected List<Hook> hooks(PointsRun config) {
                    return List.of(new Hook() {
                        @Override
                        public String name() {
                            return "keeping";
                        }

                        @Override
                        public void begin(Start start) {
                            start.memory().getParentManager().newSubManager().create(1f);
                        }
                    });
                }
            };
        }
    }

    @Test
    void arraysThatOutliveTheTraining_areLeaks() {
        assertThat(failures(Keeping.class))
                .containsOnlyKeys("leaksNoArrays")
                .extractingByKey("leaksNoArrays")
                .asString()
                .startsWith("1 native arrays are left when the training has ended; expected none.\nMaybe ");
    }

    static class Dicing extends Points {
        private static final AtomicInteger COUNT = new AtomicInteger();

        @Override
        public ModelWrapper<PointsRun> wrapper() {
            return new PointsWrapper() {
                private final float factor = 1 + COUNT.incrementAndGet() * 1e-3f;

                @Override
                protected StepResult trainStep(StepContext step, Batch batch) {
                    return StepResult.loss(step.forward(batch).loss().mul(factor));
                }
            };
        }
    }

    @Test
    void trainingThatDiffersEachTime_isNotDeterministic() {
        assertThat(failures(Dicing.class))
                .containsOnlyKeys("isDeterministic")
                .extractingByKey("isDeterministic")
                .asString()
                .startsWith("Two trainings of one config differ: train.loss of step 1 is ")
                .contains("\nMaybe something random is not drawn from the given Seed");
    }

    static class Forgetting extends Points {
        @Override
        public ModelWrapper<PointsRun> wrapper() {
            return new PointsWrapper() {
                private int steps;

                @Override
                protected StepResult trainStep(StepContext step, Batch batch) {
                    return StepResult.loss(step.forward(batch).loss().mul(1 + ++steps * 0.01f));
                }
            };
        }
    }

    @Test
    void stateThatNoCheckpointHas_isNotResumed() {
        assertThat(failures(Forgetting.class))
                .containsOnlyKeys("resumesExactly")
                .extractingByKey("resumesExactly")
                .asString()
                .startsWith("Interrupted after step ")
                .contains(
                        " and resumed, the training does not end as without: ",
                        "\nMaybe a field of the wrapper or a hook");
    }

    static class Stubborn extends Points {
        @Override
        public ModelWrapper<PointsRun> wrapper() {
            return new PointsWrapper() {
                @Override
                protected StepResult trainStep(StepContext step, Batch batch) {
                    return StepResult.loss(step.forward(batch).loss().mul(1e-6f).add(1f));
                }
            };
        }
    }

    @Test
    void lossThatHardlyDependsOnTheWeights_cannotOverfit() {
        assertThat(failures(Stubborn.class))
                .containsOnlyKeys("overfitsOneBatch")
                .extractingByKey("overfitsOneBatch")
                .asString()
                .startsWith("After 100 steps on one batch its loss is 1.0")
                .contains("\nMaybe the learning rate is far off");
    }

    static class Mute extends Points {
        @Override
        public ModelWrapper<PointsRun> wrapper() {
            return new PointsWrapper() {
                @Override
                protected StepResult trainStep(StepContext step, Batch batch) {
                    step.backward(step.forward(batch).loss());
                    step.update();
                    step.zeroGradients();
                    return StepResult.manual(Map.of());
                }
            };
        }
    }

    @Test
    void stepsWithoutALoss_areNamed() {
        assertThat(failures(Mute.class))
                .containsOnlyKeys("overfitsOneBatch")
                .extractingByKey("overfitsOneBatch")
                .asString()
                .startsWith("The training records no train.loss; it records [");
    }

    static class Misdescribed extends Points {
        @Override
        public ModelWrapper<PointsRun> wrapper() {
            return new PointsWrapper() {
                @Override
                protected Datasets createDatasets(PointsRun config, Seed seed) {
                    Partition points = points(20, 1);
                    Map<String, Shape> more = Map.of("x", new Shape(2), "label", new Shape(), "weight", new Shape());
                    return trainedOn(new Described(points, more));
                }
            };
        }
    }

    @Test
    void batchesThatLackAnArray_areNotAsDeclared() {
        assertThat(failures(Misdescribed.class))
                .containsKey("hasTheShapesItDeclares")
                .extractingByKey("hasTheShapesItDeclares")
                .asString()
                .startsWith(
                        "Partition (train): A batch of 4 examples has arrays {label=(4), x=(4, 2)}; its partition promised ");
    }

    /** The failed tests of a class, with their messages. */
    private static Map<String, String> failures(Class<?> tests) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute();
        results.testEvents().assertStatistics(found -> found.started(5));
        Map<String, String> failures = new TreeMap<>();
        results.testEvents().failed().stream().forEach(event -> {
            String message = event.getRequiredPayload(TestExecutionResult.class)
                    .getThrowable()
                    .orElseThrow()
                    .getMessage();
            failures.put(event.getTestDescriptor().getDisplayName().replaceAll("\\(.*", ""), String.valueOf(message));
        });
        return failures;
    }
}
