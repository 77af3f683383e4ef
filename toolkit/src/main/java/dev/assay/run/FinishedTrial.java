package dev.assay.run;

import dev.assay.artifact.Artifacts;
import dev.assay.config.ConfigReader;
import dev.assay.config.RunConfig;
import dev.assay.error.NotFoundException;
import dev.assay.store.TrialRecord;
import dev.assay.store.Weights;

/**
 * A trial that has left weights, for looking into them.
 *
 * @param trainable that made it, a new instance
 * @param config as it was run
 * @param hash of the trial
 * @param weights what it has left
 * @param artifacts those of its store, to which the weights belong
 * @param threads cores that looking may use
 * @param <C> the run config
 */
public record FinishedTrial<C extends RunConfig>(
        Trainable<C> trainable, C config, String hash, Weights weights, Artifacts artifacts, int threads) {

    /**
     * The trial on record.
     *
     * @throws NotFoundException if it has left no weights
     * @throws dev.assay.config.ConfigException if its config is none of the wrapper's any more
     */
    public static <C extends RunConfig> FinishedTrial<C> of(
            Wrapper<C> wrapper, TrialRecord trial, Artifacts artifacts, int threads) {
        Weights weights = trial.weights()
                .orElseThrow(() -> new NotFoundException(
                        "Trial (" + trial.hash() + ") has left no weights; it is " + trial.state() + "."));
        C config = ConfigReader.of(wrapper.configType()).fromJson(trial.config());
        return new FinishedTrial<>(wrapper.factory().get(), config, trial.hash(), weights, artifacts, threads);
    }

    /** Makes sure that the data is there; see {@link Trainable#prepare}. */
    public void prepare() {
        trainable.prepare(config);
    }
}
