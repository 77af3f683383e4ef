package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.Checkpoint;
import dev.assay.config.ConfigWriter;
import dev.assay.model.Model;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All that the further course of a training depends on, on its way into checkpoints and back. */
final class TrainingState {
    private static final String PROGRESS = "progress";
    private static final Logger LOG = LoggerFactory.getLogger(TrainingState.class);
    private static final String OPTIMIZER_KIND = "/train/optimizer/kind";
    private static final String MODEL = "model/";
    private static final String OPTIMIZER = "optimizer/";
    private static final String HOOK = "hook/";

    private final Model model;
    private final Optimizers optimizers;
    private final Hooks hooks;
    private final Course course;
    private final Map<String, Part> parts;

    TrainingState(Model model, Optimizers optimizers, Hooks hooks, Course course, Map<String, Part> others) {
        this.course = course;
        this.model = model;
        this.optimizers = optimizers;
        this.hooks = hooks;
        this.parts = new TreeMap<>(others);
        this.parts.put(PROGRESS, course);
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

    /** The whole state, in arrays of its own. */
    Checkpoint copy(NDManager owner) {
        Checkpoint now = checkpoint(0, new Checkpoint.Maker("", "", 0, ""));
        Map<String, NDArray> copies = new TreeMap<>();
        now.tensors().forEach((name, tensor) -> {
            NDArray copy = tensor.duplicate();
            copy.attach(owner);
            copies.put(name, copy);
        });
        return new Checkpoint(now.step(), copies, now.numbers(), now.maker());
    }

    /** Takes over the whole state. */
    void restore(Checkpoint checkpoint) {
        restoreLearned(checkpoint);
        parts.forEach((name, part) -> part.restore(Checkpoint.below(name + "/", checkpoint.numbers())));
    }

    /**
     * Takes over the state of another trial: what was learned and how far it was. What depends on the other config stays as at a start: the
     * optimizers' memory if they are others, and which states were the best.
     */
    void branch(Checkpoint other, TrainingRun config) {
        model.load(Checkpoint.below(MODEL, other.tensors()));
        JsonNode before = JsonMapper.shared().readTree(other.maker().config());
        JsonNode now = ConfigWriter.toJson(config);
        if (before.at(OPTIMIZER_KIND).equals(now.at(OPTIMIZER_KIND))) {
            optimizers.restore(Checkpoint.below(OPTIMIZER, other.tensors()));
        } else {
            LOG.warn("The optimizer is another than that of the origin, so it starts without memory.");
        }
        hooks.restore(Checkpoint.below(HOOK, other.tensors()), Checkpoint.below(HOOK, other.numbers()));
        course.branch(Checkpoint.below(PROGRESS + "/", other.numbers()));
    }

    /** Takes over what the model, the optimizers and the hooks have learned; positions and counts stay. */
    void restoreLearned(Checkpoint checkpoint) {
        model.load(Checkpoint.below(MODEL, checkpoint.tensors()));
        optimizers.restore(Checkpoint.below(OPTIMIZER, checkpoint.tensors()));
        hooks.restore(Checkpoint.below(HOOK, checkpoint.tensors()), Checkpoint.below(HOOK, checkpoint.numbers()));
    }
}
