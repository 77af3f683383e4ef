package dev.assay.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How weight decay acts. */
public enum Decay {
    /** As part of the gradient (L2 penalty), so momentum carries it; what {@code torch.optim.SGD} does. */
    COUPLED,
    /** Directly on the weights: they shrink by {@code lr · weightDecay} before the step (Loshchilov and Hutter 2019). */
    DECOUPLED;

    /** A rule with weight decay before it. */
    Rule before(Rule rule) {
        return new WithDecay(this, rule);
    }

    private String code() {
        return switch (this) {
            case COUPLED -> """
                    if torch.ne(decay, 0.):
                      g = torch.add(g, w, alpha=decay)
                    else:
                      pass
                    """;
            case DECOUPLED -> """
                    if torch.ne(decay, 0.):
                      _0 = torch.mul_(w, decay)
                    else:
                      pass
                    """;
        };
    }

    private double factor(Occasion occasion) {
        if (this == COUPLED || occasion.decay() == 0) {
            return occasion.decay();
        }
        return 1 - occasion.rate() * occasion.decay();
    }

    private record WithDecay(Decay decay, Rule rule) implements Rule {
        @Override
        public Map<String, Double> arrays() {
            return rule.arrays();
        }

        @Override
        public List<String> factors() {
            List<String> factors = new ArrayList<>(rule.factors());
            factors.add("decay");
            return factors;
        }

        @Override
        public double[] factors(Occasion occasion) {
            double[] factors = rule.factors(occasion);
            double[] all = Arrays.copyOf(factors, factors.length + 1);
            all[factors.length] = decay.factor(occasion);
            return all;
        }

        @Override
        public String code() {
            return decay.code() + rule.code();
        }
    }
}
