package dev.assay.optimizer;

import java.util.List;
import java.util.Map;

/** The direction of Adam with weight decay, as long as the parameter itself; where either has no length, as it is. */
record LambRule(double beta1, double beta2, double eps) implements Rule {
    @Override
    public Map<String, Double> arrays() {
        return Map.of("mean", 0.0, "square", 0.0);
    }

    @Override
    public List<String> factors() {
        return List.of("move", "correction", "root", "decay");
    }

    @Override
    public double[] factors(Occasion occasion) {
        double step = occasion.nextStep();
        return new double[] {
            -occasion.rate(),
            1 / (1 - Math.pow(beta1, step)),
            1 / Math.sqrt(1 - Math.pow(beta2, step)),
            occasion.decay()
        };
    }

    @Override
    public String code() {
        return AdamRule.means(beta1, beta2) + """
                size = torch.add_(torch.mul_(torch.sqrt(square), root), %s)
                step = torch.add(torch.mul_(torch.div(mean, size), correction), w, alpha=decay)
                length = torch.norm(w)
                trust = torch.div(length, torch.norm(step))
                none = torch.logical_or(torch.eq(length, 0.), torch.isinf(trust))
                trust1 = torch.masked_fill(trust, none, 1.)
                _3 = torch.add_(w, torch.mul_(step, trust1), alpha=move)
                """.formatted(eps);
    }
}
