package dev.assay.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A {@link Rule} as a method over all parameters. */
final class UpdateCode {
    private final Rule rule;
    private final List<String> arrays;

    UpdateCode(Rule rule) {
        this.rule = rule;
        this.arrays = List.copyOf(new TreeMap<>(rule.arrays()).keySet());
    }

    /** Names of what is remembered for each parameter, in the order of the method's list. */
    List<String> arrays() {
        return arrays;
    }

    /**
     * A method with the arguments {@code (p, d, s, f)}: parameters, their gradients, what is remembered for the first, for the second and so on, and the
     * factors likewise.
     */
    String text(String method) {
        List<String> lines = new ArrayList<>(List.of("w = p[i]", "g = d[i]"));
        for (int k = 0; k < arrays.size(); k++) {
            lines.add(arrays.get(k) + " = s[" + index(k, arrays.size()) + "]");
        }
        List<String> factors = rule.factors();
        for (int k = 0; k < factors.size(); k++) {
            lines.add(factors.get(k) + " = f[" + index(k, factors.size()) + "]");
        }
        lines.addAll(rule.code().lines().toList());
        return "def " + method
                + "(self, p: List[Tensor], d: List[Tensor], s: List[Tensor], f: List[float]) -> NoneType:\n"
                + "  for i in range(torch.len(p)):\n    "
                + String.join("\n    ", lines)
                + "\n  return None\n";
    }

    private static String index(int offset, int stride) {
        return "torch.add(torch.mul(i, " + stride + "), " + offset + ")";
    }
}
