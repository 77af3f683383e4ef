package dev.assay.optimizer;

import dev.assay.error.AssayException;
import java.util.List;
import java.util.Map;

/**
 * The mean gradient with all its singular values brought near 1 by a quintic Newton-Schulz iteration, in the precision of the parameter. A filter is a
 * matrix with a row for each output.
 */
record MuonRule(double momentum, boolean nesterov, int iterations, boolean normalize) implements Rule {
    private static final String MOMENTUM = "momentum";
    /** Of the paper: steepest at zero, at the price of ending anywhere between 0.7 and 1.2. */
    private static final String ITERATION = """
            square = torch.mm(x, torch.t(x))
            x = torch.addmm(x, torch.addmm(square, square, square, beta=-4.775, alpha=2.0315), x, beta=3.4445)
            """;

    private static final String NORMALIZE = "_0 = torch.mul_(w, torch.div(length, torch.norm(w)))\n";

    @Override
    public Map<String, Double> arrays() {
        return Map.of(MOMENTUM, 0.0);
    }

    @Override
    public List<String> factors() {
        return List.of("move", "length");
    }

    @Override
    public double[] factors(Occasion occasion) {
        if (occasion.shape().dimension() < 2) {
            throw new AssayException("Muon changes matrices and filters; parameter (" + occasion.name() + ") has shape "
                    + occasion.shape() + ".\nMaybe another optimizer should be for it.");
        }
        double rows = occasion.shape().get(0);
        double columns = occasion.shape().size() / rows;
        return new double[] {-occasion.rate() * Math.sqrt(Math.max(1, rows / columns)), Math.sqrt(rows)};
    }

    @Override
    public String code() {
        String direction = nesterov ? "torch.lerp(g, momentum, %s)".formatted(momentum) : MOMENTUM;
        return (normalize ? NORMALIZE : "") + """
                _1 = torch.lerp_(momentum, g, %s)
                flat = torch.flatten(%s, 1, -1)
                isTall = torch.gt(torch.size(flat, 0), torch.size(flat, 1))
                if isTall:
                  x = torch.t(flat)
                else:
                  x = flat
                x = torch.div(x, torch.clamp_min(torch.norm(x), 9.9999999999999995e-08))
                """.formatted(1 - momentum, direction) + ITERATION.repeat(iterations)
                + """
                if isTall:
                  x = torch.t(x)
                else:
                  pass
                _2 = torch.add_(w, torch.view_as(torch.contiguous(x), w), alpha=move)
                """;
    }
}
