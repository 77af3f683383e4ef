package dev.assay.optimizer;

import java.util.List;
import java.util.Map;

/** Both means are corrected for their start at zero, and eps is added after the correction. */
record AdamRule(double beta1, double beta2, double eps, boolean amsgrad) implements Rule {
    @Override
    public Map<String, Double> arrays() {
        return amsgrad ? Map.of("mean", 0.0, "square", 0.0, "maximum", 0.0) : Map.of("mean", 0.0, "square", 0.0);
    }

    @Override
    public List<String> factors() {
        return List.of("move", "root");
    }

    @Override
    public double[] factors(Occasion occasion) {
        double step = occasion.nextStep();
        return new double[] {-occasion.rate() / (1 - Math.pow(beta1, step)), 1 / Math.sqrt(1 - Math.pow(beta2, step))};
    }

    @Override
    public String code() {
        String largest = amsgrad ? "_3 = torch.copy_(maximum, torch.maximum(maximum, square))\n" : "";
        return means(beta1, beta2)
                + largest
                + "size = torch.add_(torch.mul_(torch.sqrt(" + (amsgrad ? "maximum" : "square") + "), root), " + eps
                + ")\n"
                + "_4 = torch.addcdiv_(w, mean, size, value=move)\n";
    }

    /** Moves {@code mean} towards the gradient and {@code square} towards its square. */
    static String means(double beta1, double beta2) {
        return "_1 = torch.add_(torch.mul_(mean, " + beta1 + "), g, alpha=" + (1 - beta1) + ")\n"
                + square("square", "g", beta2);
    }

    /** Moves an average towards the square of a value. */
    static String square(String average, String value, double kept) {
        return "_2 = torch.addcmul_(torch.mul_(" + average + ", " + kept + "), " + value + ", " + value + ", value="
                + (1 - kept) + ")\n";
    }
}
