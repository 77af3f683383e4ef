package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.engine.Autograd;
import dev.assay.engine.NativeEngine;
import dev.assay.engine.Scalars;
import dev.assay.engine.Scope;
import dev.assay.error.AssayException;
import dev.assay.run.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the steps of a training: from batches to changed parameters. */
final class StepRunner {
    private static final String LOSS = "loss";

    private final ModelWrapper<?> wrapper;
    private final TrainingConfig config;
    private final StepContext.Session session;
    private final NDManager memory;
    private final List<NDArray> tensors;
    private final Map<String, Shape> shapes;
    private final Optional<CompiledSteps> compiled;
    private boolean isFirst = true;
    private boolean isWithinStep;

    /**
     * @param shapes of an example by name, as the training data promise
     * @param compiled how steps are run, if not eagerly
     */
    StepRunner(
            ModelWrapper<?> wrapper,
            TrainingConfig config,
            StepContext.Session session,
            NDManager memory,
            Map<String, Shape> shapes,
            Optional<CompiledSteps> compiled) {
        this.shapes = shapes;
        this.compiled = compiled;
        this.wrapper = wrapper;
        this.config = config;
        this.session = session;
        this.memory = memory;
        this.tensors = List.copyOf(session.model().tensors().values());
    }

    /**
     * What one step came to.
     *
     * @param values by name, averaged over examples
     * @param examples of all its batches
     * @param batches of the step
     * @param endsEpoch whether the remaining batches of the pass are to be left out
     */
    record Report(Map<String, Double> values, long examples, int batches, boolean endsEpoch) {}

    /** Whether a step has changed something and did not come to its end. */
    boolean isWithinStep() {
        return isWithinStep;
    }

    /** Makes one step of the next batches. */
    Report run(BatchStream batches, Partition train, Pass pass, Position position, double factor) {
        int parts = (int) Math.min(config.accumulate(), position.batches() - position.batch());
        long examples = 0;
        for (int i = 0; i < parts; i++) {
            examples += train.batchSize(pass, position.batch() + i);
        }
        Averages averages = new Averages();
        boolean endsEpoch = false;
        for (int i = 0; i < parts; i++) {
            double share = parts == 1 ? 1 : (double) train.batchSize(pass, position.batch() + i) / examples;
            endsEpoch |= runBatch(batches, new StepContext.Place(position, factor, i, parts, share), averages);
        }
        isWithinStep = false;
        session.times().countStep(examples);
        return new Report(averages.means(), examples, parts, endsEpoch);
    }

    private boolean runBatch(BatchStream batches, StepContext.Place place, Averages averages) {
        // A compiled step derives nothing from parameters here, so that they need not be lent to anything but a hook.
        boolean isBare = compiled.isPresent() && session.hooks().isEmpty();
        try (Scope scope = Scope.open(memory, isBare ? List.of() : tensors)) {
            Batch batch = session.times().measure(Phase.DATA, () -> batches.next(scope.manager()));
            if (isFirst) {
                batch.requireShapes(shapes);
                isFirst = false;
            }
            wrapper.beforeBatch();
            StepContext context = new StepContext(session, scope.manager(), place);
            NativeEngine.seed(context.random("engine").nextLong());
            try {
                averages.add(
                        runCompiled(context, batch, place).orElseGet(() -> runEager(context, batch)), batch.size());
            } finally {
                isWithinStep |= context.hasBegun();
            }
            return context.endsEpoch();
        }
    }

    private Map<String, Double> runEager(StepContext context, Batch batch) {
        return Autograd.recording(() -> finish(context, batch, wrapper.trainStep(context, batch)));
    }

    /** The step in one call; empty if it is to be eager, as it is in order to find out what is not finite. */
    private Optional<Map<String, Double>> runCompiled(StepContext context, Batch batch, StepContext.Place place) {
        if (compiled.isEmpty()) {
            return Optional.empty();
        }
        isWithinStep = true;
        double loss = session.times().measure(Phase.COMPILED, () -> {
            double before = compiled.get().run(context.manager(), batch, place.factor());
            if (Double.isFinite(before)) {
                context.updatedAtOnce();
            }
            return before;
        });
        if (Double.isFinite(loss)) {
            return Optional.of(Map.of(LOSS, loss));
        }
        NativeEngine.seed(context.random("engine").nextLong());
        return Optional.empty();
    }

    /** From the loss to the update, or the check that a manual step has done something. */
    private Map<String, Double> finish(StepContext context, Batch batch, StepResult result) {
        Map<String, Double> values = new LinkedHashMap<>(result.values());
        Optional<NDArray> loss = result.loss();
        if (loss.isEmpty()) {
            requireEffect(context);
            requireFinite(context, batch, values);
            return values;
        }
        context.backward(loss.get());
        values.put(LOSS, Scalars.value(loss.get()));
        requireFinite(context, batch, values);
        if (context.isLastOfStep()) {
            config.clipNorm().ifPresent(context::clipNorm);
            config.clipValue().ifPresent(context::clipValue);
            context.update();
            context.zeroGradients();
        }
        return values;
    }

    private void requireEffect(StepContext context) {
        if (!context.hasGradients() && !context.hasChanged()) {
            throw new AssayException(
                    "Step " + context.number() + " is manual, but no gradient was computed and no parameter was"
                            + " changed in it.\nMaybe step.backward(loss) and step.update() are missing, or StepResult.loss was meant.");
        }
    }

    private static void requireFinite(StepContext context, Batch batch, Map<String, Double> values) {
        Double loss = values.get(LOSS);
        if (loss != null && !Double.isFinite(loss)) {
            String culprit = NonFinite.first(context, batch)
                    .map(name -> "; the first tensor that is not finite is " + name)
                    .orElse("; its gradients and all that went into it are finite");
            throw new EndOfTraining(new Outcome.Diverged(context.number() + 1, "train.loss is " + loss + culprit));
        }
    }
}
