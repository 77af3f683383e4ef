package dev.assay.optimizer;

import java.util.List;
import java.util.Map;

/** Steps have the size of recent steps, and gradients are divided by that of recent gradients. */
record AdadeltaRule(double rho, double eps) implements Rule {
    private static final String STEP_SQUARE = "stepSquare";

    @Override
    public Map<String, Double> arrays() {
        return Map.of("square", 0.0, STEP_SQUARE, 0.0);
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
        return AdamRule.square("square", "g", rho)
                + "size = torch.sqrt(torch.add(square, " + eps + "))\n"
                + "step = torch.mul_(torch.div_(torch.sqrt(torch.add(stepSquare, " + eps + ")), size), g)\n"
                + AdamRule.square(STEP_SQUARE, "step", rho)
                + "_3 = torch.add_(w, step, alpha=move)\n";
    }
}
