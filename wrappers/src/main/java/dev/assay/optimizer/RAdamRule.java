package dev.assay.optimizer;

import java.util.List;
import java.util.Map;

/** While too few squares were seen for their mean to be relied upon, steps follow the mean gradient alone. */
record RAdamRule(double beta1, double beta2, double eps) implements Rule {
    private static final double ENOUGH = 5;

    @Override
    public Map<String, Double> arrays() {
        return Map.of("mean", 0.0, "square", 0.0);
    }

    @Override
    public List<String> factors() {
        return List.of("move", "divided");
    }

    @Override
    public double[] factors(Occasion occasion) {
        double step = occasion.nextStep();
        double rate = -occasion.rate() / (1 - Math.pow(beta1, step));
        double kept = Math.pow(beta2, step);
        double longest = 2 / (1 - beta2) - 1;
        double length = longest - 2 * step * kept / (1 - kept);
        if (length <= ENOUGH) {
            return new double[] {rate, 0};
        }
        return new double[] {rate * Math.sqrt(1 - kept) * rectification(length, longest), 1};
    }

    @Override
    public String code() {
        return AdamRule.means(beta1, beta2) + """
                if torch.eq(divided, 0.):
                  _3 = torch.add_(w, mean, alpha=move)
                else:
                  _4 = torch.addcdiv_(w, mean, torch.add_(torch.sqrt(square), %s), value=move)
                """.formatted(eps);
    }

    private static double rectification(double length, double longest) {
        return Math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
    }
}
