package dev.assay.optimizer;

import java.util.List;
import java.util.Map;

/** Momentum rises with the steps; the direction blends the gradient with the mean gradient one step ahead. */
record NAdamRule(double beta1, double beta2, double eps, double momentumDecay) implements Rule {
    private static final double WARMING = 0.96;

    @Override
    public Map<String, Double> arrays() {
        return Map.of("mean", 0.0, "square", 0.0);
    }

    @Override
    public List<String> factors() {
        return List.of("ofGradient", "ofMean", "root");
    }

    @Override
    public double[] factors(Occasion occasion) {
        double step = occasion.nextStep();
        double momentum = momentum(step);
        // PyTorch keeps the product in single precision.
        double product = occasion.memory().next("momentumProduct", 1, before -> (float) before * (float) momentum);
        double ahead = momentum(step + 1);
        return new double[] {
            -occasion.rate() * (1 - momentum) / (1 - product),
            -occasion.rate() * ahead / (1 - product * ahead),
            1 / Math.sqrt(1 - Math.pow(beta2, step))
        };
    }

    @Override
    public String code() {
        return AdamRule.means(beta1, beta2)
                + "size = torch.add_(torch.mul_(torch.sqrt(square), root), " + eps + ")\n"
                + "_3 = torch.addcdiv_(w, g, size, value=ofGradient)\n"
                + "_4 = torch.addcdiv_(w, mean, size, value=ofMean)\n";
    }

    private double momentum(double step) {
        return beta1 * (1 - 0.5 * Math.pow(WARMING, step * momentumDecay));
    }
}
