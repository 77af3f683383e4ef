package dev.assay.optimizer;

import java.util.List;
import java.util.Map;

/** Squares are summed up for ever. */
record AdagradRule(double lrDecay, double initial, double eps) implements Rule {
    @Override
    public Map<String, Double> arrays() {
        return Map.of("sum", initial);
    }

    @Override
    public List<String> factors() {
        return List.of("move");
    }

    @Override
    public double[] factors(Occasion occasion) {
        return new double[] {-occasion.rate() / (1 + (occasion.nextStep() - 1) * lrDecay)};
    }

    @Override
    public String code() {
        return "_1 = torch.addcmul_(sum, g, g)\n" + "_2 = torch.addcdiv_(w, g, torch.add_(torch.sqrt(sum), " + eps
                + "), value=move)\n";
    }
}
