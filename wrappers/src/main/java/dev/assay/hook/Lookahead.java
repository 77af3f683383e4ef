package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import dev.assay.training.EpochContext;
import dev.assay.training.EvaluationContext;
import dev.assay.training.Hook;
import dev.assay.training.Start;
import dev.assay.training.StepContext;
import java.util.Map;

/**
 * Lookahead of Zhang, Lucas, Hinton and Ba 2019, "Lookahead optimizer: k steps forward, 1 step back": every few steps slow weights move part of the way
 * towards the trained ones, which then go on from there; the trial ends with the slow ones. With a {@link LookaheadConfig#power} it is the form of
 * airbench94 (Jordan 2024), in which the slow weights resist more and more. Statistics of batch norm are averaged as weights are.
 */
public final class Lookahead implements Hook {
    private final LookaheadConfig config;

    @SuppressWarnings("NullAway.Init") // begin comes before everything else
    private AveragedTensors slow;

    public Lookahead(LookaheadConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "lookahead";
    }

    @Override
    public void begin(Start start) {
        slow = new AveragedTensors(start);
    }

    @Override
    public void preEpoch(EpochContext epoch) {
        if (slow.isEmpty()) {
            slow.moveBy(1);
        }
    }

    @Override
    public void postOptimizer(StepContext step) {
        if (step.isLastOfStep() && (step.number() + 1) % config.every() == 0) {
            slow.meet(1 - config.keep() * Math.pow(step.progress(), config.power()));
        }
    }

    @Override
    public void finish(EvaluationContext evaluation) {
        slow.finish();
    }

    @Override
    public Map<String, NDArray> tensors() {
        return slow.tensors();
    }

    @Override
    public void restore(Map<String, NDArray> tensors, Map<String, Double> numbers) {
        slow.restore(tensors);
    }
}
