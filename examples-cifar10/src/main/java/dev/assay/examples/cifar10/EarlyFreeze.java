package dev.assay.examples.cifar10;

import dev.assay.model.Model;
import dev.assay.training.EpochContext;
import dev.assay.training.Hook;
import dev.assay.training.Start;
import java.util.Map;

/** Trains a parameter in the first epochs only. */
final class EarlyFreeze implements Hook {
    private static final String FROZEN = "frozen";

    private final String parameter;
    private final int epochs;

    @SuppressWarnings("NullAway.Init") // begin comes before everything else
    private Model model;

    private boolean isFrozen;

    EarlyFreeze(String parameter, int epochs) {
        this.parameter = parameter;
        this.epochs = epochs;
    }

    @Override
    public String name() {
        return "early-freeze";
    }

    @Override
    public void begin(Start start) {
        model = start.model();
    }

    @Override
    public void preEpoch(EpochContext epoch) {
        if (epoch.epoch() >= epochs) {
            freeze();
        }
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of(FROZEN, isFrozen ? 1.0 : 0.0);
    }

    @Override
    public void restore(Map<String, ai.djl.ndarray.NDArray> tensors, Map<String, Double> numbers) {
        if (numbers.getOrDefault(FROZEN, 0.0) == 1) {
            freeze();
        }
    }

    private void freeze() {
        if (!isFrozen) {
            isFrozen = true;
            model.freeze(parameter);
        }
    }
}
