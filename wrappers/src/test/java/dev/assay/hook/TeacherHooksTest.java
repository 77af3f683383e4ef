package dev.assay.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.assay.checkpoint.TensorDigest;
import dev.assay.engine.Autograd;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import dev.assay.model.Model;
import dev.assay.run.Outcome;
import dev.assay.store.Weights;
import dev.assay.training.EvaluationContext;
import dev.assay.training.Every;
import dev.assay.training.Hook;
import dev.assay.training.ImmutableToyTraining;
import dev.assay.training.MemoryTrial;
import dev.assay.training.ToyRun;
import dev.assay.training.ToyWrapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distillation, attention transfer and representation matching. */
class TeacherHooksTest {
    private static final String HASH = "7eac4e7";

    @TempDir
    Path folder;

    @Test
    @Tag("T13")
    void divergence_isThatOfNumbersByHand() throws Exception {
        Native.run(memory -> {
            NDArray student = memory.create(new double[] {0, Math.log(3), 0, 0}).reshape(2, 2);
            NDArray teacher = memory.create(new double[] {0, 0, 0, Math.log(3)}).reshape(2, 2);
            double first = 0.5 * Math.log(0.5 / 0.25) + 0.5 * Math.log(0.5 / 0.75);
            double second = 0.25 * Math.log(0.25 / 0.5) + 0.75 * Math.log(0.75 / 0.5);

            assertThat(Distillation.divergence(student, teacher, 1).getDouble())
                    .isCloseTo((first + second) / 2, within(1e-15));
            assertThat(Distillation.divergence(student.mul(2), teacher.mul(2), 2)
                            .getDouble())
                    .isCloseTo((first + second) / 2, within(1e-15));
        });
    }

    @Test
    @Tag("T13")
    void attentionDistance_isThatOfNumbersByHand() throws Exception {
        Native.run(memory -> {
            // Maps (3, 4) and (0, 1) over two places; of length 1: (0.6, 0.8) and (0, 1).
            NDArray student = memory.create(new double[] {Math.sqrt(6), 0, 0, Math.sqrt(8)})
                    .reshape(1, 2, 1, 2);
            NDArray teacher = memory.create(new double[] {0, 1}).reshape(1, 1, 1, 2);

            assertThat(AttentionTransfer.distance(student, teacher).getDouble())
                    .isCloseTo((0.36 + 0.04) / 2, within(1e-12));
        });
    }

    @Test
    @Tag("T13")
    void attentionDistance_otherSizesOrNoPictures_saysSo() throws Exception {
        Native.run(memory -> {
            NDArray two = memory.ones(new Shape(1, 2, 1, 2));
            NDArray three = memory.ones(new Shape(1, 2, 1, 3));
            assertThatThrownBy(() -> AttentionTransfer.distance(two, three))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("The student's output has shape (1, 2, 1, 2), the teacher's (1, 2, 1, 3);"
                            + " height and width must be the same.");
            assertThatThrownBy(() -> AttentionTransfer.distance(two.reshape(1, 4), two))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("An attention map needs an output of shape (N, C, H, W); this has (1, 4).");
        });
    }

    @Test
    @Tag("T13")
    void distillation_ofWeightZero_isTheTrainingWithoutIt() throws Exception {
        MemoryTrial plain = trial();
        run(new HookedWrapper(List::of), plain);
        MemoryTrial distilled = withTeacher();
        DistillationConfig config = HookConfigs.distillation(HASH).withWeight(0);

        run(new HookedWrapper(() -> List.of(new Distillation(config, teacher(HASH)))), distilled);

        assertThat(distilled.points("train.loss")).isEqualTo(plain.points("train.loss"));
    }

    @Test
    @Tag("T13")
    void run_withEachHook_learnsToBeLikeTheTeacher_whichStaysAsItWas() throws Exception {
        List<Hook> hooks = new ArrayList<>();
        MemoryTrial first = trial();
        Optional<Weights> weights = run(new HookedWrapper(List::of), first).weights();
        List<Model> opened = new ArrayList<>();
        List<String> digests = new ArrayList<>();
        Teacher teacher = Teacher.ofTrial(HASH, ToyRun.class, (config, info) -> {
            opened.add(HookedWrapper.model());
            return opened.get(0);
        });
        hooks.add(new Distillation(HookConfigs.distillation(HASH), teacher));
        hooks.add(new AttentionTransfer(HookConfigs.attention(HASH), teacher));
        hooks.add(new RepresentationMatching(HookConfigs.matching(HASH), teacher));
        hooks.add(new Hook() {
            @Override
            public String name() {
                return "looking";
            }

            @Override
            public void finish(EvaluationContext evaluation) {
                Model model = opened.get(0);
                digests.add(TensorDigest.of(model.tensors()));
                model.parameters()
                        .values()
                        .forEach(parameter -> assertThat(Autograd.gradient(parameter, parameter.getManager()))
                                .isEmpty());
            }
        });

        MemoryTrial trial = trial(8).beside(HASH, first, weights);
        run(new HookedWrapper(() -> hooks), trial);

        assertThat(opened).hasSize(1);
        assertThat(digests).containsExactly(weights.orElseThrow().sha256());
        List<MemoryTrial.Point> losses = trial.points("train.loss");
        assertThat(losses.get(losses.size() - 1).value())
                .isLessThan(0.8 * losses.get(0).value());
    }

    @Test
    @Tag("T13")
    void representationMatching_addsWhatIsUnlike() throws Exception {
        for (Similarity similarity : Similarity.values()) {
            RepresentationMatchingConfig config =
                    HookConfigs.matching(HASH).withSimilarity(similarity).withWeight(10);
            MemoryTrial plain = trial();
            run(new HookedWrapper(List::of), plain);
            MemoryTrial matched = withTeacher();

            run(new HookedWrapper(() -> List.of(new RepresentationMatching(config, teacher(HASH)))), matched);

            assertThat(matched.points("train.loss").get(0).value())
                    .isBetween(plain.points("train.loss").get(0).value(), 40.0);
        }
    }

    @Test
    @Tag("T13")
    void teacher_unknownTrial_saysSo() {
        assertThatThrownBy(() -> run(
                        new HookedWrapper(
                                () -> List.of(new Distillation(HookConfigs.distillation("123abc"), teacher("123abc")))),
                        trial()))
                .isInstanceOf(AssayException.class)
                .hasMessage("Hook (distillation) failed in begin: The teacher (123abc) must be one trial of the store;"
                        + " there is none whose hash begins so, or several.\nMaybe it was trained in another store.");
    }

    @Test
    @Tag("T13")
    void teacher_trialWithoutWeights_saysSo() {
        MemoryTrial trial = trial().beside(HASH, trial(), Optional.empty());
        assertThatThrownBy(() -> run(
                        new HookedWrapper(
                                () -> List.of(new Distillation(HookConfigs.distillation(HASH), teacher(HASH)))),
                        trial))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith(
                        "Hook (distillation) failed in begin: The teacher (7eac4e7) is FAILED and has no weights;");
    }

    private static Teacher teacher(String hash) {
        return Teacher.ofTrial(hash, ToyRun.class, (config, info) -> HookedWrapper.model());
    }

    private MemoryTrial withTeacher() throws Exception {
        MemoryTrial first = trial();
        Optional<Weights> weights = run(new HookedWrapper(List::of), first).weights();
        return trial().beside(HASH, first, weights);
    }

    private MemoryTrial trial() {
        return trial(1);
    }

    private MemoryTrial trial(int epochs) {
        ImmutableToyTraining training =
                ToyWrapper.fiveEpochs().withEpochs(epochs).withRecordEvery(Every.steps(1));
        return new MemoryTrial(ToyRun.of(training, epochs), folder);
    }

    private static Outcome.Completed run(HookedWrapper wrapper, MemoryTrial trial) throws Exception {
        return (Outcome.Completed) wrapper.run(trial);
    }
}
