package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.config.ConfigReader;
import dev.assay.config.RunConfig;
import dev.assay.data.Batch;
import dev.assay.error.AssayException;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import dev.assay.random.Seed;
import dev.assay.store.TrialRecord;
import dev.assay.store.Weights;
import dev.assay.training.DataInfo;
import dev.assay.training.Key;
import dev.assay.training.Start;
import dev.assay.training.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A trained model that another learns from. It is run as in validation: nothing of it changes, and no gradient reaches it. Several hooks may
 * share one. Belongs to one training and its thread.
 */
public final class Teacher {
    private static final Key<Lesson> LESSON = new Key<>("teacher", Lesson.class);

    private final Function<Start, Model> source;
    private Optional<Model> model = Optional.empty();

    /** What a teacher made of the batch it was last asked about. */
    private record Lesson(Teacher teacher, Batch batch, Outputs outputs) {}

    private Teacher(Function<Start, Model> source) {
        this.source = source;
    }

    /** A model that has its arrays. */
    public static Teacher of(Model model) {
        return new Teacher(start -> model);
    }

    /**
     * The model of a trial of the same store that ended well, with its final weights; read when the training begins, and refused then if there
     * is no such trial or it has no weights.
     *
     * @param hash of the trial, or the beginning of it
     * @param type of the trial's config
     * @param createModel the trial's model, usually {@code this::createModel} of its wrapper
     */
    public static <C extends RunConfig> Teacher ofTrial(
            String hash, Class<C> type, BiFunction<C, DataInfo, Model> createModel) {
        return new Teacher(start -> open(hash, start, record -> {
            C config = ConfigReader.of(type).fromJson(record.config());
            return createModel.apply(config, start.data());
        }));
    }

    private static Model open(String hash, Start start, Function<TrialRecord, Model> create) {
        TrialRecord trial = start.other(hash)
                .orElseThrow(() -> new AssayException("The teacher (" + hash
                        + ") must be one trial of the store; there is none whose hash begins so, or several.\n"
                        + "Maybe it was trained in another store."));
        Weights weights = trial.weights()
                .orElseThrow(() -> new AssayException("The teacher (" + hash + ") is " + trial.state()
                        + " and has no weights; it must have ended well."));
        Model model = create.apply(trial);
        model.initialize(start.memory(), start.data().shapes(), new Seed(trial.seed()));
        try (NDManager scratch = start.memory().newSubManager()) {
            model.load(start.weights(weights, scratch));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The weights of the teacher (" + hash + ") cannot be read: " + e.getMessage(), e);
        }
        return model;
    }

    /** To be called by each hook that has it, in {@link dev.assay.training.Hook#begin}. */
    void begin(Start start) {
        if (model.isEmpty()) {
            model = Optional.of(source.apply(start));
        }
    }

    /** What it makes of a batch; the arrays go with the step. */
    Outputs outputs(StepContext step, Batch batch) {
        Optional<Outputs> known = step.get(LESSON)
                .filter(lesson -> lesson.teacher == this && Objects.equals(lesson.batch, batch))
                .map(Lesson::outputs);
        return known.orElseGet(() -> {
            lend(step.manager());
            Outputs outputs = model.orElseThrow().forward(batch, Mode.VALIDATE);
            step.put(LESSON, new Lesson(this, batch, outputs));
            return outputs;
        });
    }

    /** What is derived from its arrays in a step is to go with the step. */
    private void lend(NDManager scope) {
        for (NDArray tensor : model.orElseThrow().tensors().values()) {
            if (!Objects.equals(tensor.getManager(), scope)) {
                tensor.tempAttach(scope);
            }
        }
    }
}
