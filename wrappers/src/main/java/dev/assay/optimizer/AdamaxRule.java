package dev.assay.optimizer;

import java.util.List;
import java.util.Map;

/** Divides by the largest gradient, which fades by beta2 with each step. */
record AdamaxRule(double beta1, double beta2, double eps) implements Rule {
    @Override
    public Map<String, Double> arrays() {
        return Map.of("mean", 0.0, "largest", 0.0);
    }

    @Override
    public List<String> factors() {
        return List.of("move");
    }

    @Override
    public double[] factors(Occasion occasion) {
        return new double[] {-occasion.rate() / (1 - Math.pow(beta1, occasion.nextStep()))};
    }

    @Override
    public String code() {
        return "_1 = torch.add_(torch.mul_(mean, " + beta1 + "), g, alpha=" + (1 - beta1) + ")\n"
                + "size = torch.add_(torch.abs(g), " + eps + ")\n"
                + "_2 = torch.copy_(largest, torch.maximum(torch.mul(largest, " + beta2 + "), size))\n"
                + "_3 = torch.addcdiv_(w, mean, largest, value=move)\n";
    }
}
