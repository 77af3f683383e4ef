package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.error.AssayException;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.model.Outputs;
import dev.assay.optimizer.GradientNorm;
import dev.assay.optimizer.Optimizer;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.Map;
import java.util.Objects;

/**
 * One optimizer step as {@link ModelWrapper#trainStep} sees it: the model, and all the loop itself can do with it. Operations on arrays are
 * recorded for gradients, so parameters are changed within {@link #change} only. What is made in a step is freed at its end, arrays derived
 * from parameters included. To be used in the step's thread and time only.
 */
public final class StepContext {
    private final Model model;
    private final Optimizer optimizer;
    private final NDManager manager;
    private final Seed seed;
    private final Position position;
    private boolean hasGradients;
    private boolean hasChanged;

    /**
     * Where in the training a step is.
     *
     * @param step optimizer steps done before it
     * @param epoch passes over the data done before it
     * @param learningRate of this step
     */
    record Position(long step, int epoch, double learningRate) {}

    StepContext(Model model, Optimizer optimizer, NDManager manager, Seed seed, Position position) {
        this.model = model;
        this.optimizer = optimizer;
        this.manager = manager;
        this.seed = seed;
        this.position = position;
    }

    public Mode mode() {
        return Mode.TRAIN;
    }

    /** Number of this step, from 0. */
    public long number() {
        return position.step();
    }

    /** Number of the pass over the data this step belongs to, from 0. */
    public int epoch() {
        return position.epoch();
    }

    /** What the schedule says for this step. */
    public double learningRate() {
        return position.learningRate();
    }

    /** Owner of arrays that go with the step. */
    public NDManager manager() {
        return manager;
    }

    public Model model() {
        return model;
    }

    /** Random numbers for a purpose, this step's own. */
    public RandomStream random(String purpose) {
        return seed.stream(purpose, position.step());
    }

    /** Runs the model in training mode. */
    public Outputs forward(Batch batch) {
        return model.forward(batch, Mode.TRAIN);
    }

    /** What is trained, by name; the arrays themselves. */
    public Map<String, NDArray> parameters() {
        return model.parameters();
    }

    /** The gradient of each parameter that has one, by name; the arrays themselves, so changing them changes what {@link #update} sees. */
    public Map<String, NDArray> gradients() {
        return model.gradients(manager);
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

    /** Adds the gradients of a scalar to those of the parameters. */
    public void backward(NDArray loss) {
        if (loss.size() != 1) {
            throw new AssayException("The loss of step " + number() + " has shape " + loss.getShape()
                    + "; it must be a scalar.\nMaybe a mean() is missing.");
        }
        Autograd.backward(loss);
        hasGradients = true;
    }

    /**
     * Scales all gradients down so that their Euclidean norm is at most {@code maximum}.
     *
     * @return the norm before
     */
    public double clipNorm(double maximum) {
        return Autograd.notRecording(() -> GradientNorm.clip(gradients().values(), maximum));
    }

    /** Lets the optimizer change the parameters by their gradients, with {@link #learningRate}. The gradients stay. */
    public void update() {
        change(() -> optimizer.update(parameters(), gradients(), learningRate()));
    }

    /** Runs something that changes parameters in place; nothing is recorded for gradients meanwhile. */
    public void change(Runnable body) {
        Autograd.notRecording(() -> {
            body.run();
            return true;
        });
        hasChanged = true;
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

    /** Whether the step could have had any effect at all. */
    boolean hasDoneSomething() {
        return hasGradients || hasChanged;
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
