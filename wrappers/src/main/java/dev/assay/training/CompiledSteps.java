package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.data.Batch;
import dev.assay.engine.Scalars;
import dev.assay.error.AssayException;
import dev.assay.graph.GraphModel;
import dev.assay.graph.StepScript;
import dev.assay.model.Model;
import dev.assay.optimizer.Gradients;
import dev.assay.optimizer.Optimizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a training, each run by one call of the engine. */
final class CompiledSteps implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompiledSteps.class);

    private final TrainingConfig config;
    private final GraphModel graph;
    private final Optimizers optimizers;
    private final Path code;
    /** By the parameters that are trained, which freezing changes. */
    private final Map<Set<String>, StepScript> scripts = new HashMap<>();

    private CompiledSteps(TrainingConfig config, GraphModel graph, Optimizers optimizers, Path directory) {
        this.config = config;
        this.graph = graph;
        this.optimizers = optimizers;
        this.code = directory.resolve("step.py");
    }

    /**
     * Decides how steps are run, and says so in the log.
     *
     * @param directory of the trial, where the code is kept for people
     * @return nothing if steps are eager
     * @throws AssayException if the config wants what cannot be
     */
    static Optional<CompiledSteps> of(
            ModelWrapper<?> wrapper,
            TrainingConfig config,
            Model model,
            Optimizers optimizers,
            Hooks hooks,
            Path directory) {
        ExecutionConfig execution = config.execution();
        Optional<String> obstacle = obstacle(wrapper, config, model, hooks);
        boolean isNarrow = execution.precision() == Precision.BFLOAT16;
        if (execution instanceof ExecutionConfig.Eager || obstacle.isPresent()) {
            String reason = obstacle.orElse("the config asks for that");
            if (execution instanceof ExecutionConfig.Compiled || isNarrow) {
                throw new AssayException("The config asks for steps that are " + (isNarrow ? "in bfloat16" : "compiled")
                        + ", which must be one call of the engine; but " + reason + ".");
            }
            LOG.info("Steps are eager: {}.", reason);
            return Optional.empty();
        }
        if (isNarrow && !execution.force()) {
            Processor.requireBfloat16();
        }
        GraphModel graph = (GraphModel) model.network();
        if (isNarrow) {
            graph.network().useBfloat16();
        }
        LOG.info("Steps are compiled: the model is a graph, and nothing needs a phase of the step for itself.");
        return Optional.of(new CompiledSteps(config, graph, optimizers, directory));
    }

    private static Optional<String> obstacle(ModelWrapper<?> wrapper, TrainingConfig config, Model model, Hooks hooks) {
        if (!(model.network() instanceof GraphModel graph)) {
            return Optional.of("the model is a DJL block and no graph");
        }
        if (graph.graph().loss().isEmpty()) {
            return Optional.of("the graph has no node for its loss");
        }
        if (!graph.network().isCompilable()) {
            return Optional.of("the graph has an op in Java");
        }
        if (wrapper.hasOwnStep()) {
            return Optional.of("the wrapper has a trainStep of its own");
        }
        if (config.accumulate() > 1) {
            return Optional.of("train.accumulate is " + config.accumulate());
        }
        return hooks.withinStep().map(name -> "hook (" + name + ") takes part in a phase of the step");
    }

    /**
     * Makes a step.
     *
     * @return the loss before it; where that is not finite nothing was changed but statistics
     */
    double run(NDManager owner, Batch batch, double factor) {
        StepScript script = scripts.computeIfAbsent(trained(), this::compile);
        Map<String, NDArray> parameters = graph.parameters();
        Optimizer.Arguments arguments = optimizers.arguments(parameters, script.trained(), factor);
        return Scalars.value(script.run(owner, batch, arguments.remembered(), arguments.factors()));
    }

    @Override
    public void close() {
        scripts.values().forEach(StepScript::close);
    }

    private Set<String> trained() {
        Set<String> trained = new LinkedHashSet<>();
        graph.parameters().forEach((name, parameter) -> {
            if (parameter.hasGradient()) {
                trained.add(name);
            }
        });
        return trained;
    }

    private StepScript compile(Set<String> trained) {
        StepScript.Parts parts = new StepScript.Parts(
                optimizers::code,
                Gradients.code(),
                config.clipNorm(),
                config.clipValue(),
                config.execution().precision() == Precision.BFLOAT16);
        StepScript script = StepScript.compile(graph.network(), trained, parts);
        try {
            Files.writeString(code, script.code());
        } catch (java.io.IOException e) {
            LOG.warn("The code of the step could not be written to {}: {}", code, e.toString());
        }
        return script;
    }
}
