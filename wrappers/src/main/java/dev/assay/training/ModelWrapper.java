package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.artifact.Artifacts;
import dev.assay.checkpoint.CheckpointFolder;
import dev.assay.checkpoint.WeightFiles;
import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.data.Batch;
import dev.assay.data.Datasets;
import dev.assay.engine.NativeEngine;
import dev.assay.metric.Metric;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import dev.assay.random.Seed;
import dev.assay.run.Activations;
import dev.assay.run.FinishedTrial;
import dev.assay.run.NetworkView;
import dev.assay.run.NodeSelection;
import dev.assay.run.Outcome;
import dev.assay.run.RateSearch;
import dev.assay.run.Similarities;
import dev.assay.run.Trainable;
import dev.assay.run.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model and its data, trained by gradient descent. A subclass says what the two are; any other part may be overridden, and what is here by
 * default is written with the same public means:
 *
 * <pre>{@code
 * public final class Classifier extends ModelWrapper<ClassifierRun> {
 *     @Override
 *     protected Datasets createDatasets(ClassifierRun config, Seed seed) { … }
 *
 *     @Override
 *     protected Model createModel(ClassifierRun config, DataInfo info) {
 *         return Model.of(block).input("image").output("logits").loss(Losses.crossEntropy("logits", "label")).build();
 *     }
 * }
 * }</pre>
 *
 * <p>All methods are called in one thread of the trial's own. A new instance is made for each trial.
 *
 * @param <C> the run config it is for
 */
public abstract class ModelWrapper<C extends TrainingRun> implements Trainable<C> {
    private static final int SMOKE_STEPS = 3;

    /** The partitions that are trained on and evaluated. */
    protected abstract Datasets createDatasets(C config, Seed seed);

    /** The model, for examples as {@code info} describes them; it gets its arrays later. */
    protected abstract Model createModel(C config, DataInfo info);

    /**
     * Changes the first weights of a new training, such as by {@link Start#load}. By default they stay as drawn. Not called when a training
     * is resumed.
     */
    protected void start(C config, Start start) {}

    /**
     * Whether a tensor of the model stays as it is over the whole training: a parameter gets no gradients then, and batch norm whose statistics are
     * meant uses and does not move them. By default none does. What it is by name must not change.
     *
     * @param tensor its name, such as {@code conv1.weight}
     */
    protected boolean isFrozen(C config, String tensor) {
        return false;
    }

    /** The optimizers and what each changes: by default that of the config, for all parameters. */
    protected List<OptimizerAssignment> optimizers(C config) {
        return List.of(OptimizerAssignment.all(config.train().optimizer()));
    }

    /** What takes part in the training besides this, in order. Made anew for each trial. */
    protected List<Hook> hooks(C config) {
        return List.of();
    }

    /** One batch of a step: by default the loss the model has for it. */
    protected StepResult trainStep(StepContext step, Batch batch) {
        return StepResult.loss(step.forward(batch).loss());
    }

    /** Whether steps are made by something else than the loss of the model. */
    boolean hasOwnStep() {
        return Overrides.has(this, ModelWrapper.class, "trainStep");
    }

    /** Called before each batch is trained on. */
    void beforeBatch() {}

    /** How good the model is on a partition: by default what {@link #measures} find there. */
    protected Evaluation evaluate(EvaluationContext evaluation, String partition) {
        // Asked for once, since measures that are made anew each time need not be equal.
        List<Measure> measures = measures();
        Map<Measure, Measure.Counting> counting = new LinkedHashMap<>();
        evaluation.forEachBatch(partition, (batch, outputs) -> {
            for (Measure measure : measures) {
                if (measure.isFor(batch, outputs)) {
                    counting.computeIfAbsent(measure, Measure::begin)
                            .add(batch, outputs, arguments(measure, batch, outputs));
                }
            }
        });
        Evaluation result = new Evaluation(Map.of());
        for (Measure.Counting each : counting.values()) {
            result = result.with("", each.values()).withTables(each.tables());
        }
        return result;
    }

    /** What is measured by an evaluation: by default the loss, and the accuracy of {@code logits} against {@code label} where there are such. */
    protected List<Measure> measures() {
        return List.of(Measures.loss(), Measures.accuracy("logits", "label").whereThere());
    }

    /** The metrics of {@link #measures} and those the loop records for {@code train}. To be extended where a step records more. */
    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        measures().forEach(measure -> metrics.addAll(measure.metrics()));
        if (metrics.stream().noneMatch(metric -> metric.name().equals("loss"))) {
            metrics.add(Metric.minimize("loss"));
        }
        metrics.addAll(Figures.metrics());
        return List.copyOf(metrics);
    }

    @Override
    public Map<String, String> engine() throws Exception {
        return NativeEngine.call(1, () -> Map.of("versions", NativeEngine.version()));
    }

    /** The same with one epoch of three steps, and three batches of each partition to evaluate. */
    @Override
    public C smoke(C config) {
        ObjectNode json = ConfigWriter.toJson(config);
        ObjectNode unused = ((ObjectNode) json.get("train"))
                .put("epochs", 1)
                .put("limitBatches", SMOKE_STEPS * config.train().accumulate());
        return ConfigReader.like(config).fromJson(json);
    }

    @Override
    public SortedSet<Long> keptSteps(Artifacts artifacts, Path trialDirectory) throws IOException {
        return CheckpointFolder.fetched(artifacts, trialDirectory).steps();
    }

    @Override
    public Set<Path> usedFiles(Artifacts artifacts, Path trialDirectory, Set<Path> weights) throws IOException {
        Set<Path> used = new HashSet<>(
                CheckpointFolder.fetched(artifacts, trialDirectory).usedFiles());
        for (Path list : weights) {
            used.addAll(new WeightFiles(artifacts).files(list));
        }
        return used;
    }

    @Override
    public final Optional<SortedMap<String, List<Long>>> exportWeights(FinishedTrial<C> trial, Path file)
            throws Exception {
        return Optional.of(NativeEngine.call(trial.threads(), () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                return new WeightFiles(trial.artifacts()).export(trial.weights(), file, memory);
            }
        }));
    }

    @Override
    public final Optional<RateSearch> findRate(Trial<C> trial, RateSearch.Range range) throws Exception {
        return Optional.of(NativeEngine.call(trial.threads(), () -> TrainingLoop.findRate(this, trial, range)));
    }

    @Override
    public final Optional<String> show(Trial<C> trial, NetworkView view) throws Exception {
        return NativeEngine.call(trial.threads(), () -> GraphView.of(this, trial.config(), view));
    }

    @Override
    public final Optional<Activations> activations(FinishedTrial<C> trial, NodeSelection selection, Path file)
            throws Exception {
        return Optional.of(NativeEngine.call(trial.threads(), () -> TrainedNetwork.write(trial, selection, file)));
    }

    @Override
    public final Optional<Similarities> similarity(
            FinishedTrial<C> trial, FinishedTrial<?> other, NodeSelection selection, Similarities.Question question)
            throws Exception {
        return Optional.of(
                NativeEngine.call(trial.threads(), () -> NetworkComparison.compare(trial, other, selection, question)));
    }

    @Override
    public final Outcome run(Trial<C> trial) throws Exception {
        return NativeEngine.call(trial.threads(), () -> TrainingLoop.run(this, trial));
    }

    private static List<NDArray> arguments(Measure measure, Batch batch, Outputs outputs) {
        return measure.arguments().stream()
                .map(name -> Measure.argument(name, batch, outputs))
                .toList();
    }
}
