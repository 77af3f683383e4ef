package dev.assay.training;

import dev.assay.artifact.Artifacts;
import dev.assay.data.Batch;
import dev.assay.data.Datasets;
import dev.assay.data.Partition;
import dev.assay.metric.Metric;
import dev.assay.model.Model;
import dev.assay.random.Seed;
import dev.assay.store.TrialRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * A wrapper that does all as another does, on partitions that may be others and with an eye on each step: what tests of wrappers are made
 * with.
 */
public final class Rehearsal<C extends TrainingRun> extends ModelWrapper<C> {
    private final ModelWrapper<C> wrapper;
    private final PartitionChange partitions;
    private final Runnable beforeBatch;

    /** Puts a partition in the place of another. */
    public interface PartitionChange {
        /**
         * The one to use.
         *
         * @param name of the partition; {@code train} for the training data
         */
        Partition apply(String name, Partition partition);
    }

    /** @param beforeBatch is run in the training's thread before each batch is trained on, inputs being there already */
    public Rehearsal(ModelWrapper<C> wrapper, PartitionChange partitions, Runnable beforeBatch) {
        this.wrapper = wrapper;
        this.partitions = partitions;
        this.beforeBatch = beforeBatch;
    }

    /** Whether a recorded metric tells of the machine and not of the training, such as times. */
    public static boolean isOfTheMachine(String metric) {
        String name = Metric.withoutPartition(metric);
        return name.equals(Figures.EXAMPLES_PER_SECOND)
                || name.equals(Figures.RESIDENT_MEMORY)
                || name.startsWith(Figures.milliseconds(""));
    }

    @Override
    public void prepare(C config) {
        wrapper.prepare(config);
    }

    @Override
    public Map<String, ?> derivedValues(C config) throws Exception {
        return wrapper.derivedValues(config);
    }

    @Override
    public Map<String, String> engine() throws Exception {
        return wrapper.engine();
    }

    @Override
    protected Datasets createDatasets(C config, Seed seed) {
        Datasets given = wrapper.createDatasets(config, seed);
        Datasets changed = Datasets.training(partitions.apply("train", given.train()));
        for (Map.Entry<String, Partition> each : given.evaluated().entrySet()) {
            String name = each.getKey();
            changed = changed.with(
                    name, Objects.requireNonNull(given.roles().get(name)), partitions.apply(name, each.getValue()));
        }
        return changed;
    }

    @Override
    protected Model createModel(C config, DataInfo info) {
        return wrapper.createModel(config, info);
    }

    @Override
    protected void start(C config, Start start) {
        wrapper.start(config, start);
    }

    @Override
    protected boolean isFrozen(C config, String tensor) {
        return wrapper.isFrozen(config, tensor);
    }

    @Override
    protected List<OptimizerAssignment> optimizers(C config) {
        return wrapper.optimizers(config);
    }

    @Override
    protected List<Hook> hooks(C config) {
        return wrapper.hooks(config);
    }

    @Override
    protected StepResult trainStep(StepContext step, Batch batch) {
        return wrapper.trainStep(step, batch);
    }

    @Override
    boolean hasOwnStep() {
        return wrapper.hasOwnStep();
    }

    @Override
    void beforeBatch() {
        beforeBatch.run();
    }

    @Override
    protected Evaluation evaluate(EvaluationContext evaluation, String partition) {
        return wrapper.evaluate(evaluation, partition);
    }

    @Override
    protected List<Measure> measures() {
        return wrapper.measures();
    }

    @Override
    public List<Metric> metrics() {
        return wrapper.metrics();
    }

    @Override
    public C smoke(C config) {
        return wrapper.smoke(config);
    }

    @Override
    public SortedSet<Long> keptSteps(Artifacts artifacts, Path trialDirectory) throws IOException {
        return wrapper.keptSteps(artifacts, trialDirectory);
    }

    @Override
    public Set<Path> usedFiles(Artifacts artifacts, Path trialDirectory, Set<Path> weights) throws IOException {
        return wrapper.usedFiles(artifacts, trialDirectory, weights);
    }

    @Override
    public C resolve(C config, Function<String, TrialRecord> trials) {
        return wrapper.resolve(config, trials);
    }
}
