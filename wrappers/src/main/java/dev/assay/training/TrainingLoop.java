package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.Checkpoint;
import dev.assay.checkpoint.WeightFiles;
import dev.assay.data.BatchStream;
import dev.assay.data.Datasets;
import dev.assay.data.Pass;
import dev.assay.data.SplitAudit;
import dev.assay.engine.Autograd;
import dev.assay.engine.NativeEngine;
import dev.assay.error.AssayException;
import dev.assay.metric.Direction;
import dev.assay.metric.Metric;
import dev.assay.model.Frozen;
import dev.assay.model.Model;
import dev.assay.random.Seed;
import dev.assay.run.Outcome;
import dev.assay.run.RateSearch;
import dev.assay.run.Trial;
import dev.assay.schedule.Progress;
import dev.assay.schedule.RateFinder;
import dev.assay.schedule.Schedule;
import dev.assay.schedule.Span;
import dev.assay.sink.Sinks;
import dev.assay.store.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains the model of one trial from its first step, or the last that was written down, to its last. */
final class TrainingLoop<C extends TrainingRun> {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
    private static final String TRAIN = "train";
    /** How many times the best loss ends the search for a rate; fastai's number. */
    private static final double EXPLODED = 4;

    private final ModelWrapper<C> wrapper;
    private final Trial<C> trial;
    private final TrainingConfig config;
    private final Seed seed;
    private final NDManager memory;
    private final Datasets datasets;
    private final Model model;
    private final Hooks hooks;
    private final StepTimes times;
    private final Optimizers optimizers;
    private final StepRunner steps;
    private final Recorder recorder;
    private final RunningMetrics running;
    private final BestStates best;
    private final Schedule schedule;
    private final Optional<Patience> patience;
    private final Optional<LossGrowth> growth;
    private final TrainingState state;
    private final Checkpoints checkpoints;
    private final KeptOutputs outputs;
    private final Course course;
    /** Whether the model has become what the trial leaves, which need not be the state after its last step. */
    private boolean isResult;

    TrainingLoop(ModelWrapper<C> wrapper, Trial<C> trial, NDManager memory, Sinks sinks) throws IOException {
        this.wrapper = wrapper;
        this.trial = trial;
        this.memory = memory;
        this.config = trial.config().train();
        this.seed = new Seed(trial.config().seed());
        this.datasets = wrapper.createDatasets(trial.config(), seed);
        this.course = new Course(Position.start(batchesPerEpoch()), trial);
        this.model = createModel();
        this.hooks = new Hooks(wrapper.hooks(trial.config()));
        this.times = new StepTimes(hooks);
        this.optimizers = new Optimizers(
                wrapper.optimizers(trial.config()), model.parameters().keySet(), memory);
        Optional<CompiledSteps> compiled =
                CompiledSteps.of(wrapper, config, model, optimizers, hooks, trial.directory());
        compiled.ifPresent(each -> memory.attachInternal("compiled steps", each));
        this.steps = new StepRunner(
                wrapper,
                config,
                new StepContext.Session(model, optimizers, hooks, times, seed, config.epochs()),
                memory,
                datasets.train().shapes(),
                compiled);
        this.recorder = new Recorder(trial, metrics(), sinks);
        this.running = new RunningMetrics(config.window());
        this.best = new BestStates(watched(), config.checkpoint().keepBest());
        this.schedule = Schedule.of(config.schedule(), span());
        this.patience = config.earlyStop().map(stop -> new Patience(stop, direction(stop.metric())));
        this.growth = config.divergence().map(LossGrowth::new);
        this.state = new TrainingState(model, optimizers, hooks, course, parts());
        this.checkpoints = new Checkpoints(trial, best);
        this.outputs = new KeptOutputs(config.outputs());
        check();
    }

    /** Refuses to choose by what is not measured or to keep what is not there, and says what makes the result of a training doubtful. */
    private void check() {
        SplitAudit.of(datasets).warning().ifPresent(LOG::warn);
        outputs.requireThere(model, datasets);
        Choices choices = Choices.of(config, schedule);
        choices.requireThere(datasets, recorder);
        for (String metric : choices.onTestData(datasets)) {
            LOG.warn("{} chooses by data that are for testing, so what is measured there is too good.", metric);
        }
    }

    static <C extends TrainingRun> Outcome run(ModelWrapper<C> wrapper, Trial<C> trial) throws IOException {
        try (NDManager memory = NDManager.newBaseManager();
                Sinks sinks =
                        new Sinks(trial.directory(), trial.config().train().sinks(), InstantSource.system())) {
            return new TrainingLoop<>(wrapper, trial, memory, sinks).run();
        }
    }

    static <C extends TrainingRun> RateSearch findRate(ModelWrapper<C> wrapper, Trial<C> trial, RateSearch.Range range)
            throws IOException {
        try (NDManager memory = NDManager.newBaseManager();
                Sinks sinks = new Sinks(trial.directory(), List.of(), InstantSource.system())) {
            TrainingLoop<C> loop = new TrainingLoop<>(wrapper, trial, memory, sinks);
            try (Frozen frozen = loop.freeze()) {
                tell(frozen);
                loop.hooks.each("begin", hook -> hook.begin(loop.start()));
                loop.resumeOrStart();
                return loop.findRate(range);
            }
        }
    }

    /** Tries rising rates from the present state, to which everything returns afterwards. */
    RateSearch findRate(RateSearch.Range range) {
        RateFinder finder = new RateFinder(new RateFinder.Range(range.from(), range.to(), range.steps()), EXPLODED);
        try (NDManager scratch = memory.newSubManager()) {
            Checkpoint before = state.copy(scratch);
            try {
                while (!finder.isFinished()) {
                    tryRates(finder);
                }
            } catch (EndOfTraining end) {
                finder.observe(Double.NaN);
            }
            state.restore(before);
        }
        List<RateSearch.Sample> samples = finder.samples().stream()
                .map(sample -> new RateSearch.Sample(sample.rate(), sample.loss()))
                .toList();
        return new RateSearch(samples, finder.valley(), finder.steepest());
    }

    private void tryRates(RateFinder finder) {
        Pass pass = pass(position().epoch());
        try (BatchStream batches = datasets.train().batches(pass)) {
            batches.skip(position().batch());
            while (!finder.isFinished() && position().batch() < position().batches()) {
                double factor = finder.rate() / config.optimizer().lr();
                StepRunner.Report report = steps.run(batches, datasets.train(), pass, position(), factor);
                finder.observe(report.values().getOrDefault("loss", Double.NaN));
                course.step(report.batches());
            }
        }
        course.endEpoch();
    }

    private Model createModel() throws IOException {
        DataInfo info = DataInfo.of(datasets.train());
        info.write(trial.directory());
        Model created = wrapper.createModel(trial.config(), info);
        NativeEngine.seed(seed.stream("initial weights").nextLong());
        created.initialize(memory, info.shapes(), seed);
        return created;
    }

    private List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>(wrapper.metrics());
        metrics.addAll(hooks.metrics());
        return metrics;
    }

    private Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("recorder", recorder);
        parts.put("schedule", Part.of(schedule::state, schedule::restore));
        parts.put("running", running);
        parts.put("best", best);
        patience.ifPresent(part -> parts.put("patience", part));
        growth.ifPresent(part -> parts.put("growth", part));
        return parts;
    }

    /** The metrics whose best states are kept, with the one that decay rounds go back to. */
    private Map<String, Direction> watched() {
        Map<String, Direction> watched = new LinkedHashMap<>();
        config.best().forEach(metric -> watched.put(metric, direction(metric)));
        config.earlyStop()
                .filter(stop -> stop.rounds() > 0)
                .ifPresent(stop -> watched.put(stop.metric(), direction(stop.metric())));
        return watched;
    }

    private Direction direction(String metric) {
        return recorder.metric(metric).direction();
    }

    private Outcome run() throws IOException {
        try (Frozen frozen = freeze()) {
            tell(frozen);
            hooks.each("begin", hook -> hook.begin(start()));
            resumeOrStart();
            // A parameter that has had no gradient yet is left alone by optimizers; in a process that goes on none has
            // had one.
            model.parameters().values().stream().filter(NDArray::hasGradient).forEach(Autograd::beginGradient);
            train();
            return finish();
        } catch (EndOfTraining end) {
            if (end.outcome() instanceof Outcome.Interrupted && !isResult) {
                save();
            }
            return end.outcome();
        } catch (RuntimeException | IOException e) {
            boolean isSafe = !hooks.haveFailed();
            tell(e);
            if (isSafe) {
                saveAfter(e);
            }
            throw e;
        }
    }

    /** What stays as it is from before the first step to after the last evaluation. */
    private Frozen freeze() {
        return model.freeze(model.tensors().keySet().stream()
                .filter(name -> wrapper.isFrozen(trial.config(), name))
                .toList());
    }

    private static void tell(Frozen frozen) {
        if (!frozen.names().isEmpty()) {
            LOG.info("{} tensors stay as they are.", frozen.names().size());
        }
    }

    private void resumeOrStart() throws IOException {
        try (NDManager scratch = memory.newSubManager()) {
            Optional<Checkpoint> newest = checkpoints.newest(scratch);
            if (newest.isPresent()) {
                state.restore(newest.get());
                trial.resume(newest.get().step(), course.seconds());
                LOG.info("Going on from step {}.", newest.get().step());
                return;
            }
            if (trial.origin().isPresent()) {
                state.branch(checkpoints.origin(trial, scratch), trial.config());
                LOG.info("Starting from {}.", trial.origin().get());
                return;
            }
        }
        wrapper.start(trial.config(), start());
    }

    private Start start() {
        return new Start(model, memory, datasets.train(), trial);
    }

    private void train() {
        if (course.isEvaluating()) {
            evaluate();
        }
        while (!course.isStopped() && position().epoch() < config.epochs()) {
            trainEpoch();
        }
    }

    /** One pass over the training data, or the rest of one. */
    private void trainEpoch() {
        if (!course.isEpochBegun() && beginEpoch()) {
            save();
        }
        if (course.isStopped()) {
            return;
        }
        Pass pass = pass(position().epoch());
        try (BatchStream batches = datasets.train().batches(pass)) {
            batches.skip(position().batch());
            boolean isOver = false;
            while (!isOver) {
                stopIfInterrupted();
                isOver = trainStep(batches, pass);
            }
        }
    }

    /** Returns whether the state is to be saved. */
    private boolean beginEpoch() {
        EpochContext epoch = new EpochContext(model, position());
        hooks.each("preEpoch", hook -> hook.preEpoch(epoch));
        course.beginEpoch();
        return grant(epoch);
    }

    /** One step and what is due after it; returns whether it was the last of the pass. */
    private boolean trainStep(BatchStream batches, Pass pass) {
        Position before = position();
        double factor = factor();
        StepRunner.Report report = steps.run(batches, datasets.train(), pass, before, factor);
        running.add(report.values(), report.examples());
        course.step(report.batches());
        stopIfGrown(report);
        boolean isOver = report.endsEpoch() || position().batch() == position().batches();
        boolean isSaving = false;
        if (isOver) {
            isSaving = endEpoch(factor);
        } else if (config.recordEvery().isDue(before, position())) {
            record(factor);
        }
        trial.progress(position().epochs() / config.epochs());
        if (config.evaluateEvery().isDue(before, position())) {
            isSaving |= evaluate();
        }
        if (isSaving || checkpoints.isDue(before, position())) {
            save();
        }
        return isOver || course.isStopped();
    }

    /** Returns whether the state is to be saved. */
    private boolean endEpoch(double factor) {
        EpochContext epoch = new EpochContext(model, position());
        hooks.each("postEpoch", hook -> hook.postEpoch(epoch));
        course.endEpoch();
        record(factor);
        return grant(epoch);
    }

    /** Does what hooks have asked for at an end of a pass; returns whether the state is to be saved. */
    private boolean grant(EpochContext epoch) {
        recorder.record(TRAIN, position(), epoch.recorded());
        if (epoch.isRestored()) {
            config.best().stream().findFirst().ifPresent(this::restoreBest);
        }
        if (epoch.isStopped()) {
            course.stop();
        }
        return epoch.isSaved();
    }

    private void record(double factor) {
        recorder.record(TRAIN, position(), running.take());
        recorder.record(TRAIN, position(), times.take());
        recorder.record(TRAIN, position(), optimizers.learningRates(factor));
        Figures.residentMemory()
                .ifPresent(mib -> recorder.record(TRAIN, position(), Map.of(Figures.RESIDENT_MEMORY, mib)));
    }

    /** Evaluates all partitions and draws the consequences; returns whether the state is one to be kept. */
    private boolean evaluate() {
        long begin = System.nanoTime();
        course.beginEvaluation();
        Map<String, Map<String, Double>> found = new Evaluator(wrapper, hooks, trial).run(evaluation());
        found.forEach((partition, values) -> recorder.record(partition, position(), values));
        course.endEvaluation();
        Map<String, Double> metrics = Evaluator.fullNames(found);
        stopIfNotFinite(metrics);
        boolean isKept = best.observe(position().step(), metrics);
        schedule.metric().ifPresent(metric -> schedule.observe(Evaluator.value(metric, metrics), direction(metric)));
        patience.ifPresent(watch -> judge(watch, metrics));
        times.exclude(begin);
        return isKept;
    }

    private void judge(Patience watch, Map<String, Double> metrics) {
        String metric = config.earlyStop().orElseThrow().metric();
        switch (watch.observe(Evaluator.value(metric, metrics))) {
            case GO_ON -> {}
            case DECAY -> restoreBest(metric);
            case STOP -> course.stop();
        }
    }

    private void restoreBest(String metric) {
        best.best(metric).ifPresent(step -> {
            try (NDManager scratch = memory.newSubManager()) {
                state.restoreLearned(checkpoints.read(step, scratch));
            }
        });
    }

    /** From the last step to the result. */
    private Outcome finish() throws IOException {
        Optional<String> restored = config.best().stream().findFirst().filter(metric -> config.restoreBest());
        boolean isSame = restored.isEmpty() && hooks.isEmpty();
        if (!isSame) {
            save();
            isResult = true;
            restored.ifPresent(this::restoreBest);
            hooks.each("finish", hook -> hook.finish(evaluation()));
        }
        Map<String, Double> results = new LinkedHashMap<>(recorder.results());
        if (!isSame || !course.isEvaluated()) {
            Map<String, Map<String, Double>> last = new Evaluator(wrapper, hooks, trial).run(evaluation());
            if (isSame) {
                last.forEach((partition, values) -> recorder.record(partition, position(), values));
            }
            results.putAll(Evaluator.fullNames(last));
        }
        GraphView.draw(model, DataInfo.of(datasets.train()), trial.directory());
        Map<String, Path> kept = outputs.write(evaluation(), trial.directory(), memory);
        Weights weights = new WeightFiles(trial.artifacts()).save(model.tensors());
        if (isSame) {
            save();
        }
        checkpoints.end();
        return new Outcome.Completed(results, Optional.of(weights), kept);
    }

    private void save() {
        if (!trial.flush()) {
            LOG.warn(
                    "No checkpoint is made at step {}, since the store does not take what was recorded until then.",
                    position().step());
            return;
        }
        hooks.each("preCheckpoint", hook -> hook.preCheckpoint(position().step()));
        checkpoints.write(position().step(), state);
    }

    private void tell(Exception failure) {
        try {
            hooks.each("onException", hook -> hook.onException(failure));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Saves what was reached before a failure, unless the failure came in the middle of a change. */
    private void saveAfter(Exception failure) {
        if (isResult || steps.isWithinStep() || position().step() == 0) {
            return;
        }
        try {
            save();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void stopIfInterrupted() {
        if (trial.isInterrupted()) {
            throw new EndOfTraining(new Outcome.Interrupted());
        }
    }

    private void stopIfGrown(StepRunner.Report report) {
        Double loss = report.values().get("loss");
        growth.filter(watch -> loss != null && watch.observe(loss)).ifPresent(watch -> {
            throw new EndOfTraining(new Outcome.Diverged(
                    position().step(),
                    "the mean of train.loss has grown from " + watch.baseline() + " to " + watch.mean()));
        });
    }

    /** A metric other than the loss may be undefined for good reasons; a loss may not. */
    private void stopIfNotFinite(Map<String, Double> metrics) {
        metrics.forEach((name, value) -> {
            if (Metric.withoutPartition(name).equals("loss") && !Double.isFinite(value)) {
                throw new EndOfTraining(new Outcome.Diverged(position().step(), name + " is " + value));
            }
        });
    }

    private EvaluationContext evaluation() {
        long limit = config.limitBatches().map(Integer::longValue).orElse(Long.MAX_VALUE);
        EvaluationContext.Settings settings =
                new EvaluationContext.Settings(config.batchSize(), limit, trial::isInterrupted);
        return new EvaluationContext(
                model, datasets, memory, settings, seed, position().step());
    }

    private Position position() {
        return course.position();
    }

    private double factor() {
        double decay = patience.map(Patience::rateFactor).orElse(1.0);
        Position now = position();
        return schedule.factor(new Progress(now.step(), now.epoch(), now.evaluations())) * decay;
    }

    private Span span() {
        long stepsPerEpoch = (position().batches() + config.accumulate() - 1) / config.accumulate();
        long steps = stepsPerEpoch * config.epochs();
        return new Span(steps, config.epochs(), config.evaluateEvery().times(steps, config.epochs()));
    }

    private Pass pass(long epoch) {
        return Pass.training(config.batchSize(), seed, epoch, config.dropLast());
    }

    private long batchesPerEpoch() {
        long batches = datasets.train().batchCount(pass(0));
        if (batches == 0) {
            throw new AssayException("The training data has " + datasets.train().size()
                    + " examples, which is no whole batch of " + config.batchSize()
                    + ".\nMaybe the batch size is too large, or dropLast should be false.");
        }
        return Math.min(batches, config.limitBatches().orElse(Integer.MAX_VALUE));
    }
}
