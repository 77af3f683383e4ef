package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.error.AssayException;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.model.NamePattern;
import dev.assay.model.Outputs;
import dev.assay.optimizer.Gradients;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One batch of a step as {@link ModelWrapper#trainStep} and hooks see it: the model, and all the loop itself can do with it. Operations on
 * arrays are recorded for gradients, so parameters are changed within {@link #change} only. What is made in a step is freed at its end,
 * arrays derived from parameters included. To be used in the step's thread and time only.
 */
public final class StepContext {
    private final Session session;
    private final NDManager manager;
    private final Place place;
    private final Map<Key<?>, Object> shared = new HashMap<>();
    private final long runsBefore;
    private boolean hasBegun;
    private boolean hasGradients;
    private boolean hasChanged;
    private boolean endsEpoch;
    private boolean isCompiled;

    /** What all steps of a training work with. */
    record Session(Model model, Optimizers optimizers, Hooks hooks, StepTimes times, Seed seed, long epochs) {}

    /**
     * Where in the training a batch is.
     *
     * @param position before the step
     * @param factor of the learning rate in this step
     * @param part number of the batch in the step, from 0
     * @param parts batches of the step
     * @param share part of the step's examples that this batch has, 1 if it is the only one
     */
    record Place(Position position, double factor, int part, int parts, double share) {}

    StepContext(Session session, NDManager manager, Place place) {
        this.session = session;
        this.manager = manager;
        this.place = place;
        this.runsBefore = session.model().statisticsRuns();
    }

    public Mode mode() {
        return Mode.TRAIN;
    }

    /** Number of this step, from 0. */
    public long number() {
        return place.position().step();
    }

    /** Number of the pass over the data this step belongs to, from 0. */
    public long epoch() {
        return place.position().epoch();
    }

    /** Part of the training that is done when this step is, counted by passes, above 0 to 1. */
    public double progress() {
        Position position = place.position();
        double batches = position.batch() + place.parts() - place.part();
        return (position.epoch() + batches / position.batches()) / session.epochs();
    }

    /** What the schedule says for this step, for the first optimizer. */
    public double learningRate() {
        return session.optimizers().learningRate(place.factor());
    }

    /**
     * Whether the parameters are to change after this batch. With {@code train.accumulate} above 1 that is so for the last batch of a step
     * only; gradients of the others add up.
     */
    public boolean isLastOfStep() {
        return place.part() + 1 == place.parts();
    }

    /** Part of the step's examples that are in this batch, 1 if it is the only one; {@link #backward} multiplies the loss by it. */
    public double share() {
        return place.share();
    }

    /** Owner of arrays that go with the step. */
    public NDManager manager() {
        return manager;
    }

    public Model model() {
        return session.model();
    }

    /** Random numbers for a purpose, this batch's own. */
    public RandomStream random(String purpose) {
        return session.seed().stream(place.part() == 0 ? purpose : purpose + "/" + place.part(), number());
    }

    /** Shares something with the hooks and the wrapper until the batch ends. */
    public <T> void put(Key<T> key, T value) {
        shared.put(key, value);
    }

    /** What was shared under a key for this batch. */
    public <T> Optional<T> get(Key<T> key) {
        return Optional.ofNullable(shared.get(key)).map(key.type()::cast);
    }

    /** Runs the model in training mode, hooks before and after it. */
    public Outputs forward(Batch batch) {
        hasBegun = true;
        return session.times().measure(Phase.FORWARD, () -> {
            Batch given = session.hooks().fold("preForward", batch, (hook, b) -> hook.preForward(this, b));
            Outputs outputs = model().forward(given, Mode.TRAIN);
            return session.hooks().fold("postForward", outputs, (hook, o) -> hook.postForward(this, given, o));
        });
    }

    /** What is trained, by name; the arrays themselves. */
    public Map<String, NDArray> parameters() {
        return model().parameters();
    }

    /**
     * The gradient of each parameter that has one, by name; the arrays themselves, so changing them changes what {@link #update} sees.
     *
     * @throws AssayException after a step that was one call of the engine, which keeps none
     */
    public Map<String, NDArray> gradients() {
        if (isCompiled) {
            throw new AssayException("Step " + number() + " is one call of the engine, which keeps no gradients.\n"
                    + "Maybe train.execution should be {kind: eager}.");
        }
        return model().gradients(manager);
    }

    /**
     * The gradient of a parameter.
     *
     * @throws AssayException if there is no such parameter or it has no gradient
     */
    public NDArray gradient(String parameter) {
        Map<String, NDArray> gradients = gradients();
        NDArray gradient = gradients.get(parameter);
        if (gradient == null) {
            throw new AssayException("Parameter (" + parameter + ") has no gradient in step " + number()
                    + "; those that have one are " + gradients.keySet() + ".");
        }
        return gradient;
    }

    /**
     * Adds the gradients of a scalar to those of the parameters. In a step of several batches it counts by this batch's share of the
     * examples, so that the sum is the mean over all of them.
     */
    public void backward(NDArray loss) {
        if (loss.size() != 1) {
            throw new AssayException("The loss of step " + number() + " has shape " + loss.getShape()
                    + "; it must be a scalar.\nMaybe a mean() is missing.");
        }
        session.times().measure(Phase.BACKWARD, () -> {
            Autograd.backward(place.share() == 1 ? loss : loss.mul(place.share()));
            hasGradients = true;
            session.hooks().each("postBackward", hook -> hook.postBackward(this));
            return true;
        });
    }

    /**
     * Scales all gradients down so that their Euclidean norm is at most {@code maximum}; {@code torch.nn.utils.clip_grad_norm_}.
     *
     * @return the norm before
     */
    public double clipNorm(double maximum) {
        return Autograd.notRecording(() -> Gradients.clipNorm(gradients().values(), maximum));
    }

    /** Limits each number of each gradient to ±{@code maximum}; {@code torch.nn.utils.clip_grad_value_}. */
    public void clipValue(double maximum) {
        Autograd.notRecording(() -> {
            Gradients.clipValue(gradients().values(), maximum);
            return true;
        });
    }

    /** Lets the optimizers change the parameters by their gradients, at the rate of the schedule. The gradients stay. */
    public void update() {
        update(() -> session.optimizers().update(parameters(), gradients(), place.factor()));
    }

    /**
     * Lets one optimizer change its parameters.
     *
     * @param optimizer name from {@link ModelWrapper#optimizers}
     */
    public void update(String optimizer) {
        update(() -> session.optimizers().update(optimizer, parameters(), gradients(), place.factor()));
    }

    private void update(Runnable body) {
        session.times().measure(Phase.OPTIMIZER, () -> {
            change(body);
            tellUpdated();
            return true;
        });
    }

    /** Notes that a compiled step has changed the parameters. */
    void updatedAtOnce() {
        isCompiled = true;
        hasChanged = true;
        tellUpdated();
    }

    private void tellUpdated() {
        session.hooks().each("postOptimizer", hook -> hook.postOptimizer(this));
    }

    /** Runs something that changes parameters in place; nothing is recorded for gradients meanwhile. */
    public void change(Runnable body) {
        hasChanged = true;
        Autograd.notRecording(() -> {
            body.run();
            return true;
        });
    }

    /** Changes each parameter that has a gradient. */
    public void changeEach(ParameterChange body) {
        Map<String, NDArray> gradients = gradients();
        change(() -> gradients.forEach((name, gradient) -> body.apply(parameter(name), gradient)));
    }

    /** Sets all gradients to zero, so that the next {@link #backward} starts afresh. */
    public void zeroGradients() {
        parameters().values().forEach(Autograd::zeroGradient);
    }

    /**
     * Sets the gradients of some parameters to zero.
     *
     * @param pattern over parameter names; see {@link NamePattern}
     */
    public void zeroGradients(String pattern) {
        NamePattern.parse(pattern).among(parameters().keySet()).forEach(name -> Autograd.zeroGradient(parameter(name)));
    }

    /** Leaves out the batches of this pass that come after the step; its end is as usual. */
    public void endEpoch() {
        endsEpoch = true;
    }

    boolean endsEpoch() {
        return endsEpoch;
    }

    /** Whether hooks were called or statistics may have moved, so that the state is no more that of before the batch. */
    boolean hasBegun() {
        return hasBegun || hasGradients || hasChanged || model().statisticsRuns() != runsBefore;
    }

    boolean hasGradients() {
        return hasGradients;
    }

    /** Whether parameters may be other than before the step. */
    boolean hasChanged() {
        return hasChanged;
    }

    private NDArray parameter(String name) {
        return Objects.requireNonNull(parameters().get(name));
    }

    /** A change of one parameter in place. */
    @FunctionalInterface
    public interface ParameterChange {
        void apply(NDArray parameter, NDArray gradient);
    }
}
