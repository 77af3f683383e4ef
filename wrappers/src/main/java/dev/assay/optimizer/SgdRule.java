package dev.assay.optimizer;

import java.util.List;
import java.util.Map;

/** The learning rate is outside the momentum, and the first gradient enters it undampened. */
record SgdRule(double momentum, double dampening, boolean nesterov) implements Rule {
    private static final String MOMENTUM = "momentum";

    @Override
    public Map<String, Double> arrays() {
        return momentum == 0 ? Map.of() : Map.of(MOMENTUM, 0.0);
    }

    @Override
    public List<String> factors() {
        return List.of("move", "part");
    }

    @Override
    public double[] factors(Occasion occasion) {
        boolean first = !occasion.memory().has(MOMENTUM);
        return new double[] {-occasion.rate(), first ? 1 : 1 - dampening};
    }

    @Override
    public String code() {
        if (momentum == 0) {
            return "_1 = torch.add_(w, g, alpha=move)\n";
        }
        String keep = "_1 = torch.add_(torch.mul_(momentum, " + momentum + "), g, alpha=part)\n";
        String direction = nesterov ? "torch.add(g, momentum, alpha=" + momentum + ")" : MOMENTUM;
        return keep + "_2 = torch.add_(w, " + direction + ", alpha=move)\n";
    }
}
