package dev.assay.training;

import dev.assay.data.Batch;
import dev.assay.data.Datasets;
import dev.assay.engine.NativeEngine;
import dev.assay.metric.Metric;
import dev.assay.model.Model;
import dev.assay.random.Seed;
import dev.assay.run.Outcome;
import dev.assay.run.Trainable;
import dev.assay.run.Trial;
import java.util.ArrayList;
import java.util.List;

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

    /** The partitions that are trained on and evaluated. */
    protected abstract Datasets createDatasets(C config, Seed seed);

    /** The model, for examples as {@code info} describes them; it gets its arrays later. */
    protected abstract Model createModel(C config, DataInfo info);

    /** One step: by default the loss the model has for this batch. */
    protected StepResult trainStep(StepContext step, Batch batch) {
        return StepResult.loss(step.forward(batch).loss());
    }

    /** How good the model is on a partition: by default the mean of each of {@link #measures} there is what is needed for. */
    protected Evaluation evaluate(EvaluationContext evaluation, String partition) {
        Averages averages = new Averages();
        evaluation.forEachBatch(partition, (batch, outputs) -> {
            for (Measure measure : measures()) {
                if (measure.isFor(outputs, batch)) {
                    averages.add(measure.metric().name(), measure.of(outputs, batch), batch.size());
                }
            }
        });
        return new Evaluation(averages.means());
    }

    /** What is measured by an evaluation: by default the loss, and the accuracy of {@code logits} against {@code label}. */
    protected List<Measure> measures() {
        return List.of(Measure.loss(), Measure.accuracy("logits", "label"));
    }

    /** The metrics of {@link #measures} and those the loop records for {@code train}. To be extended where a step records more. */
    @Override
    public List<Metric> metrics() {
        List<Metric> metrics =
                new ArrayList<>(measures().stream().map(Measure::metric).toList());
        if (metrics.stream().noneMatch(metric -> metric.name().equals("loss"))) {
            metrics.add(Metric.minimize("loss"));
        }
        metrics.add(Metric.maximize(TrainingLoop.EXAMPLES_PER_SECOND).withUnit("examples/s"));
        metrics.add(Metric.minimize(TrainingLoop.LEARNING_RATE));
        return List.copyOf(metrics);
    }

    @Override
    public final Outcome run(Trial<C> trial) throws Exception {
        return NativeEngine.call(trial.threads(), () -> TrainingLoop.run(this, trial));
    }
}
