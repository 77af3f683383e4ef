package dev.assay.optimizer;

import dev.assay.golden.Golden;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One config or more of every kind, with values that reach each part of its arithmetic. */
final class Optimizers {
    static final JsonNode GOLDEN = Golden.json("optimizers.json");

    private Optimizers() {}

    /** Those of the reference values, by name. */
    static Map<String, OptimizerConfig> golden() {
        Map<String, OptimizerConfig> configs = new LinkedHashMap<>();
        configs.put("sgd", ImmutableSgd.builder().lr(0.1).build());
        configs.put("sgd_momentum", ImmutableSgd.builder().lr(0.1).momentum(0.9).build());
        configs.put("sgd_momentum_dampening_wd", sgd().dampening(0.3).build());
        configs.put("sgd_nesterov_wd", sgd().nesterov(true).build());
        configs.put("adam", ImmutableAdam.builder().lr(0.01).build());
        configs.put("adam_wd", adamWithDecay());
        configs.put(
                "adam_amsgrad", ImmutableAdam.builder().lr(0.01).amsgrad(true).build());
        configs.put("adamw", ImmutableAdamW.builder().lr(0.01).weightDecay(0.1).build());
        configs.put("nadam", ImmutableNAdam.builder().lr(0.01).build());
        configs.put("radam", ImmutableRAdam.builder().lr(0.01).build());
        configs.put("rmsprop", ImmutableRmsProp.builder().build());
        configs.put("rmsprop_centered_momentum", rmsProp());
        configs.put("adagrad", adagrad());
        configs.put(
                "adadelta",
                ImmutableAdadelta.builder().rho(0.9).weightDecay(0.01).build());
        configs.put("adamax", ImmutableAdamax.builder().lr(0.01).build());
        return configs;
    }

    /** Those, and the kinds PyTorch does not have. */
    static Map<String, OptimizerConfig> all() {
        Map<String, OptimizerConfig> configs = golden();
        configs.put("lion", ImmutableLion.builder().lr(0.01).weightDecay(0.1).build());
        configs.put("lamb", ImmutableLamb.builder().lr(0.01).build());
        configs.put(
                "adamw_amsgrad", ImmutableAdamW.builder().lr(0.01).amsgrad(true).build());
        configs.put(
                "nadam_decoupled",
                ImmutableNAdam.builder().weightDecay(0.1).decay(Decay.DECOUPLED).build());
        return configs;
    }

    private static ImmutableSgd.Builder sgd() {
        return ImmutableSgd.builder().weightDecay(0.005).lr(0.05).momentum(0.9);
    }

    private static OptimizerConfig adamWithDecay() {
        return ImmutableAdam.builder()
                .lr(0.01)
                .beta1(0.8)
                .beta2(0.95)
                .eps(1e-6)
                .weightDecay(0.1)
                .build();
    }

    private static OptimizerConfig rmsProp() {
        return ImmutableRmsProp.builder()
                .alpha(0.9)
                .momentum(0.9)
                .centered(true)
                .weightDecay(0.01)
                .build();
    }

    private static OptimizerConfig adagrad() {
        return ImmutableAdagrad.builder()
                .lr(0.1)
                .lrDecay(0.01)
                .weightDecay(0.01)
                .initialAccumulator(0.1)
                .build();
    }
}
