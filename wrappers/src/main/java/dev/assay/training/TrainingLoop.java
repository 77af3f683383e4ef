package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.WeightFiles;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Datasets;
import dev.assay.data.Pass;
import dev.assay.engine.Autograd;
import dev.assay.engine.NativeEngine;
import dev.assay.engine.Scalars;
import dev.assay.engine.Scope;
import dev.assay.error.AssayException;
import dev.assay.model.Model;
import dev.assay.optimizer.Optimizer;
import dev.assay.random.Seed;
import dev.assay.run.Outcome;
import dev.assay.run.Trial;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains the model of one trial from its first step to its last. */
final class TrainingLoop<C extends TrainingRun> {
    static final String EXAMPLES_PER_SECOND = "examplesPerSecond";
    static final String LEARNING_RATE = "learningRate";
    private static final String LOSS = "loss";
    private static final String TRAIN = "train";
    private static final int RECORDS_PER_EPOCH = 20;

    private final ModelWrapper<C> wrapper;
    private final Trial<C> trial;
    private final TrainingConfig config;
    private final Seed seed;
    private final NDManager memory;
    private final Datasets datasets;
    private final Model model;
    private final Optimizer optimizer;
    private final List<NDArray> tensors;
    private final long stepsPerEpoch;
    private final Recorder recorder;
    private final Averages running = new Averages();
    private long step;

    private TrainingLoop(ModelWrapper<C> wrapper, Trial<C> trial, NDManager memory) {
        this.wrapper = wrapper;
        this.trial = trial;
        this.memory = memory;
        this.config = trial.config().train();
        this.seed = new Seed(trial.config().seed());
        this.datasets = wrapper.createDatasets(trial.config(), seed);
        this.model = createModel();
        this.tensors = List.copyOf(model.tensors().values());
        this.optimizer = Optimizer.of(config.optimizer(), memory);
        this.stepsPerEpoch = pass(0).batches(datasets.train().size());
        this.recorder = new Recorder(trial, stepsPerEpoch);
        requireSteps();
    }

    static <C extends TrainingRun> Outcome run(ModelWrapper<C> wrapper, Trial<C> trial) throws IOException {
        try (NDManager memory = NDManager.newBaseManager()) {
            return new TrainingLoop<>(wrapper, trial, memory).train();
        }
    }

    private Model createModel() {
        DataInfo info = DataInfo.of(datasets.train());
        Model created = wrapper.createModel(trial.config(), info);
        NativeEngine.seed(seed.stream("initial weights").nextLong());
        created.initialize(memory, info.shapes(), seed);
        return created;
    }

    private Outcome train() throws IOException {
        for (int epoch = 0; epoch < config.epochs(); epoch++) {
            Optional<Outcome> end = trainEpoch(epoch);
            if (end.isEmpty() && isEvaluatedAfter(epoch)) {
                end = evaluate();
            }
            if (end.isPresent()) {
                return end.get();
            }
        }
        return new Outcome.Completed(
                recorder.last(), Optional.of(new WeightFiles(trial.storeDirectory()).save(model.tensors())));
    }

    /** One pass over the training data; an outcome if the training ends with it early. */
    private Optional<Outcome> trainEpoch(int epoch) {
        long begin = System.nanoTime();
        long examples = 0;
        try (BatchStream batches = datasets.train().batches(pass(epoch))) {
            while (batches.hasNext()) {
                if (trial.isInterrupted()) {
                    return Optional.of(new Outcome.Interrupted());
                }
                StepReport report = trainStep(batches, epoch);
                examples += report.examples();
                Optional<Outcome> divergence = divergence(TRAIN, report.values());
                if (divergence.isPresent()) {
                    return divergence;
                }
                recordRunning(report);
                trial.progress((double) step / totalSteps());
            }
        }
        recordEpoch(examples / ((System.nanoTime() - begin) / 1e9));
        return Optional.empty();
    }

    /** What one step came to: values by name, for so many examples. */
    private record StepReport(Map<String, Double> values, int examples) {}

    private StepReport trainStep(BatchStream batches, int epoch) {
        try (Scope scope = Scope.open(memory, tensors)) {
            Batch batch = batches.next(scope.manager());
            NativeEngine.seed(seed.stream("engine", step).nextLong());
            StepContext context = new StepContext(
                    model, optimizer, scope.manager(), seed, new StepContext.Position(step, epoch, learningRate(step)));
            Map<String, Double> values = Autograd.recording(() -> {
                StepResult result = wrapper.trainStep(context, batch);
                return finish(context, result);
            });
            step++;
            return new StepReport(values, batch.size());
        }
    }

    /** From the loss to the update, or the check that a manual step has done something. */
    private Map<String, Double> finish(StepContext context, StepResult result) {
        Map<String, Double> values = new LinkedHashMap<>(result.values());
        if (result.loss().isEmpty()) {
            requireEffect(context);
            return values;
        }
        context.backward(result.loss().get());
        double loss = Scalars.value(result.loss().get());
        values.put(LOSS, loss);
        if (Double.isFinite(loss)) {
            config.clipNorm().ifPresent(context::clipNorm);
            context.update();
        }
        context.zeroGradients();
        return values;
    }

    private static void requireEffect(StepContext context) {
        if (!context.hasDoneSomething()) {
            throw new AssayException(
                    "Step " + context.number() + " is manual, but no gradient was computed and no parameter was"
                            + " changed in it.\nMaybe step.backward(loss) and step.update() are missing, or StepResult.loss was meant.");
        }
    }

    private void recordRunning(StepReport report) {
        report.values().forEach((name, value) -> running.add(name, value, report.examples()));
        long inEpoch = (step - 1) % stepsPerEpoch + 1;
        if (inEpoch % recordEvery() == 0 || inEpoch == stepsPerEpoch) {
            recorder.record(TRAIN, step, running.drain());
        }
    }

    private void recordEpoch(double examplesPerSecond) {
        recorder.record(TRAIN, step, Map.of(EXAMPLES_PER_SECOND, examplesPerSecond));
        recorder.record(TRAIN, step, Map.of(LEARNING_RATE, learningRate(step - 1)));
    }

    private Optional<Outcome> evaluate() {
        EvaluationContext context =
                new EvaluationContext(model, datasets.evaluated(), memory, config.batchSize(), step);
        for (String partition : datasets.evaluated().keySet()) {
            NativeEngine.seed(seed.stream("evaluation/" + partition, step).nextLong());
            Map<String, Double> metrics = wrapper.evaluate(context, partition).metrics();
            recorder.record(partition, step, metrics);
            Optional<Outcome> divergence = divergence(partition, metrics);
            if (divergence.isPresent()) {
                return divergence;
            }
        }
        return Optional.empty();
    }

    /** A metric other than the loss may be undefined for good reasons; a loss may not. */
    private Optional<Outcome> divergence(String partition, Map<String, Double> values) {
        Double loss = values.get(LOSS);
        return loss == null || Double.isFinite(loss)
                ? Optional.empty()
                : Optional.of(new Outcome.Diverged(step, partition + "." + LOSS + " is " + loss));
    }

    private boolean isEvaluatedAfter(int epoch) {
        return (epoch + 1) % config.evaluateEvery() == 0 || epoch + 1 == config.epochs();
    }

    private double learningRate(long atStep) {
        return config.optimizer().lr() * config.schedule().factor(atStep, totalSteps());
    }

    private long totalSteps() {
        return stepsPerEpoch * config.epochs();
    }

    private long recordEvery() {
        return (stepsPerEpoch + RECORDS_PER_EPOCH - 1) / RECORDS_PER_EPOCH;
    }

    private Pass pass(int epoch) {
        return Pass.training(config.batchSize(), seed, epoch, config.dropLast());
    }

    private void requireSteps() {
        if (stepsPerEpoch == 0) {
            throw new AssayException("The training data has " + datasets.train().size()
                    + " examples, which is no whole batch of " + config.batchSize()
                    + ".\nMaybe the batch size is too large, or dropLast should be false.");
        }
    }
}
