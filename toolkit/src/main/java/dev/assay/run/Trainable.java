package dev.assay.run;

import dev.assay.artifact.Artifacts;
import dev.assay.config.RunConfig;
import dev.assay.metric.Metric;
import dev.assay.store.TrialRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * Something that turns a config into a trained result: what an application registers under a wrapper's name. A new instance is made for
 * each trial.
 *
 * @param <C> the run config it is for
 */
public interface Trainable<C extends RunConfig> {

    /** The metrics it records, so that everything which compares trials knows their direction and unit. */
    List<Metric> metrics();

    /** What computes, for the record: names and versions of the engine and its libraries, and the devices it has. */
    default Map<String, String> engine() throws Exception {
        return Map.of();
    }

    /**
     * Makes sure that what trials of this config need is there, downloading it if the config says so. Called before any trial begins, so
     * that what is missing is said at once and once.
     *
     * @throws dev.assay.error.AssayException if it is not there and cannot be had
     */
    default void prepare(C config) {}

    /**
     * The values that the config marks {@link dev.assay.config.Derived}, such as the number of classes, by path. Called in the worker before
     * the trial begins, which gets its config with all of them; one that is not given fails the trial.
     *
     * @param config as the recipe gives it
     */
    default Map<String, ?> derivedValues(C config) throws Exception {
        return Map.of();
    }

    /**
     * The config with everything that it names in the store told in full, such as a trial by the beginning of its hash. Called when a recipe is read,
     * before there is an identity, of which all that is told becomes part. By default the config as it is.
     *
     * @param trials finds the one trial whose hash begins so, or throws {@link dev.assay.error.NotFoundException}
     * @throws dev.assay.error.AssayException if what is named cannot be used
     */
    default C resolve(C config, Function<String, TrialRecord> trials) {
        return config;
    }

    /**
     * The smallest version of a config that still goes through all that a trial does, to see within seconds whether it works. By default the
     * config as it is.
     */
    default C smoke(C config) {
        return config;
    }

    /**
     * Runs one trial to its end. Expected ends are returned; anything thrown fails the trial with the exception as its cause.
     *
     * @param trial the trial and its surroundings
     * @throws Exception whatever ended the trial early
     */
    Outcome run(Trial<C> trial) throws Exception;

    /**
     * The steps of a trial that another trial can start from, because their state was kept.
     *
     * @param artifacts those of its store
     * @param trialDirectory the trial's folder, which may not be there
     */
    default SortedSet<Long> keptSteps(Artifacts artifacts, Path trialDirectory) throws IOException {
        return Collections.emptySortedSet();
    }

    /**
     * The files outside a trial's folder that something within it, or weights, refer to, such as tensors that several trials share.
     *
     * @param artifacts those of its store
     * @param trialDirectory the trial's folder, which may not be there
     * @param weights files of weights that the trial has left or its config names, relative to the store's folder; they may not be there
     */
    default Set<Path> usedFiles(Artifacts artifacts, Path trialDirectory, Set<Path> weights) throws IOException {
        return Set.of();
    }

    /**
     * Tries rising learning rates on a few steps; nothing of it is recorded.
     *
     * @param trial whose folder is thrown away afterwards
     * @return empty for a trainable that has no learning rate
     */
    default Optional<RateSearch> findRate(Trial<C> trial, RateSearch.Range range) throws Exception {
        return Optional.empty();
    }

    /**
     * The network of a config, without training it.
     *
     * @param trial whose folder is thrown away afterwards
     * @return empty for a trainable whose network cannot be shown
     */
    default Optional<String> show(Trial<C> trial, NetworkView view) throws Exception {
        return Optional.empty();
    }

    /**
     * Writes the weights that a trial has left to one file of the safetensors format, for other programs.
     *
     * @param trial one of this trainable's
     * @return the shape of each tensor by name; empty for a trainable that leaves no tensors
     */
    default Optional<SortedMap<String, List<Long>>> exportWeights(FinishedTrial<C> trial, Path file) throws Exception {
        return Optional.empty();
    }

    /**
     * Writes values within the network that a trial has left to a file of the safetensors format: a tensor for each node, its first dimension the
     * example.
     *
     * @param trial one of this trainable's
     * @return empty for a trainable that has no such values
     * @throws dev.assay.error.AssayException if there is no such node or partition
     */
    default Optional<Activations> activations(FinishedTrial<C> trial, NodeSelection selection, Path file)
            throws Exception {
        return Optional.empty();
    }

    /**
     * Compares nodes of the network that a trial has left with those of another's, on the same examples.
     *
     * @param trial one of this trainable's
     * @param other of any trainable
     * @param selection for both; the partition is each trial's own of that name
     * @return empty for a trainable that has no such values
     * @throws dev.assay.error.AssayException if there is no such node, partition or measure, or the examples are not the same
     */
    default Optional<Similarities> similarity(
            FinishedTrial<C> trial, FinishedTrial<?> other, NodeSelection selection, Similarities.Question question)
            throws Exception {
        return Optional.empty();
    }
}
