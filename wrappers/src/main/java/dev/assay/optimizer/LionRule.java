package dev.assay.optimizer;

import java.util.List;
import java.util.Map;

/** The sign is taken of a blend that gives the gradient more than the mean keeps of it. */
record LionRule(double beta1, double beta2) implements Rule {
    @Override
    public Map<String, Double> arrays() {
        return Map.of("mean", 0.0);
    }

    @Override
    public List<String> factors() {
        return List.of("move");
    }

    @Override
    public double[] factors(Occasion occasion) {
        return new double[] {-occasion.rate()};
    }

    @Override
    public String code() {
        return "blend = torch.add(torch.mul(mean, " + beta1 + "), g, alpha=" + (1 - beta1) + ")\n"
                + "_1 = torch.add_(w, torch.sign(blend), alpha=move)\n"
                + "_2 = torch.add_(torch.mul_(mean, " + beta2 + "), g, alpha=" + (1 - beta2) + ")\n";
    }
}
