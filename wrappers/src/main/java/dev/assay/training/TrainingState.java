package dev.assay.training;

import ai.djl.ndarray.NDArray;
import dev.assay.checkpoint.Checkpoint;
import dev.assay.model.Model;
import java.util.Map;
import java.util.TreeMap;

/** All that the further course of a training depends on, on its way into checkpoints and back. */
final class TrainingState {
    private static final String MODEL = "model/";
    private static final String OPTIMIZER = "optimizer/";
    private static final String HOOK = "hook/";

    private final Model model;
    private final Optimizers optimizers;
    private final Hooks hooks;
    private final Map<String, Part> parts;

    TrainingState(Model model, Optimizers optimizers, Hooks hooks, Map<String, Part> parts) {
        this.model = model;
        this.optimizers = optimizers;
        this.hooks = hooks;
        this.parts = new TreeMap<>(parts);
    }

    Checkpoint checkpoint(long step, Checkpoint.Maker maker) {
        Map<String, NDArray> tensors = new TreeMap<>();
        Checkpoint.put(MODEL, model.tensors(), tensors);
        Checkpoint.put(OPTIMIZER, optimizers.tensors(), tensors);
        Checkpoint.put(HOOK, hooks.tensors(), tensors);
        Map<String, Double> numbers = new TreeMap<>();
        parts.forEach((name, part) -> Checkpoint.put(name + "/", part.numbers(), numbers));
        Checkpoint.put(HOOK, hooks.numbers(), numbers);
        return new Checkpoint(step, tensors, numbers, maker);
    }

    /** Takes over the whole state. */
    void restore(Checkpoint checkpoint) {
        restoreLearned(checkpoint);
        parts.forEach((name, part) -> part.restore(Checkpoint.below(name + "/", checkpoint.numbers())));
    }

    /** Takes over what the model, the optimizers and the hooks have learned; positions and counts stay. */
    void restoreLearned(Checkpoint checkpoint) {
        model.load(Checkpoint.below(MODEL, checkpoint.tensors()));
        optimizers.restore(Checkpoint.below(OPTIMIZER, checkpoint.tensors()));
        hooks.restore(Checkpoint.below(HOOK, checkpoint.tensors()), Checkpoint.below(HOOK, checkpoint.numbers()));
    }
}
