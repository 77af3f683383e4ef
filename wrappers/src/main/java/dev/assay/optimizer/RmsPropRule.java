package dev.assay.optimizer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The mean square begins at zero and is not corrected for that; eps is added to its root. */
record RmsPropRule(double alpha, double eps, double momentum, boolean centered) implements Rule {
    @Override
    public Map<String, Double> arrays() {
        Map<String, Double> arrays = new TreeMap<>(Map.of("square", 0.0));
        if (centered) {
            arrays.put("mean", 0.0);
        }
        if (momentum != 0) {
            arrays.put("momentum", 0.0);
        }
        return arrays;
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
        return AdamRule.square("square", "g", alpha) + size() + move();
    }

    /** Rounding may take the variance of a steady gradient below zero, where PyTorch's root is no number; here it is zero. */
    private String size() {
        String deviation = centered
                ? "torch.sqrt(torch.clamp_min(torch.sub(square, torch.mul(mean, mean)), 0))"
                : "torch.sqrt(square)";
        String mean =
                centered ? "_3 = torch.add_(torch.mul_(mean, " + alpha + "), g, alpha=" + (1 - alpha) + ")\n" : "";
        return mean + "size = torch.add_(" + deviation + ", " + eps + ")\n";
    }

    private String move() {
        if (momentum == 0) {
            return "_4 = torch.addcdiv_(w, g, size, value=move)\n";
        }
        return "_4 = torch.addcdiv_(torch.mul_(momentum, " + momentum + "), g, size)\n"
                + "_5 = torch.add_(w, momentum, alpha=move)\n";
    }
}
