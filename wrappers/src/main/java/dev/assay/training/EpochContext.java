package dev.assay.training;

import dev.assay.model.Model;
import java.util.LinkedHashMap;
import java.util.Map;

/** The beginning or end of a pass over the training data, as hooks see it. */
public final class EpochContext {
    private final Model model;
    private final Position position;
    private final Map<String, Double> recorded = new LinkedHashMap<>();
    private boolean isStopped;
    private boolean isSaved;
    private boolean isRestored;

    EpochContext(Model model, Position position) {
        this.model = model;
        this.position = position;
    }

    /** Number of the pass, from 0. */
    public long epoch() {
        return position.epoch();
    }

    /** Optimizer steps done. */
    public long step() {
        return position.step();
    }

    public Model model() {
        return model;
    }

    /** Records a value as {@code train.<name>}. */
    public void record(String name, double value) {
        recorded.put(name, value);
    }

    /** Ends the training here, before the pass or after it; the trial is completed. */
    public void stop() {
        isStopped = true;
    }

    /** Has the state written down. */
    public void save() {
        isSaved = true;
    }

    /** Goes on with the weights of the best state by the first metric of {@code train.best}, if there is one by now. */
    public void restoreBest() {
        isRestored = true;
    }

    Map<String, Double> recorded() {
        return recorded;
    }

    boolean isStopped() {
        return isStopped;
    }

    boolean isSaved() {
        return isSaved;
    }

    boolean isRestored() {
        return isRestored;
    }
}
