package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.engine.Scalars;
import dev.assay.engine.TorchScript;
import java.util.Collection;
import java.util.List;

/** All gradients of a step together. */
public final class Gradients {
    /** Norms of single precision are added up in double precision. */
    private static final String CODE = """
            def norm(self, d: List[Tensor]) -> Tensor:
              squares = annotate(List[Tensor], [])
              for g in d:
                _0 = torch.append(squares, torch.square(torch.to(torch.norm(g), 7)))
              return torch.sqrt(torch.sum(torch.stack(squares)))
            def scale(self, d: List[Tensor], factor: float) -> NoneType:
              for g in d:
                _0 = torch.mul_(g, factor)
              return None
            def clip(self, d: List[Tensor], maximum: float) -> NoneType:
              for g in d:
                _0 = torch.clamp_(g, torch.neg(maximum), maximum)
              return None
            """;

    private static final double EPSILON = 1e-6;

    private static final String COMPILED = CODE + """
                    def clip_norm(self, d: List[Tensor], maximum: float) -> NoneType:
                      factor = torch.clamp_max(torch.div(maximum, torch.add((self).norm(False, d), %s)), 1.)
                      for g in d:
                        _0 = torch.mul_(g, factor)
                      return None
                    """.formatted(EPSILON);

    private Gradients() {}

    /** The Euclidean norm over all of {@code gradients}; not finite if one of their elements is not. */
    public static double norm(Collection<NDArray> gradients) {
        if (gradients.isEmpty()) {
            return 0;
        }
        NDManager owner = gradients.iterator().next().getManager();
        try (NDArray norm = Code.SCRIPT.call(owner, "norm", gradients).get(0)) {
            return Scalars.value(norm);
        }
    }

    /**
     * Scales gradients in place so that their norm is at most {@code maximum}; as {@code torch.nn.utils.clip_grad_norm_} with
     * {@code error_if_nonfinite=False}: an infinite norm leaves zeros and, where a gradient was infinite, NaN; a NaN leaves NaN everywhere.
     *
     * @return the norm before
     */
    public static double clipNorm(Collection<NDArray> gradients, double maximum) {
        double norm = norm(gradients);
        double factor = Math.min(1, maximum / (norm + EPSILON));
        if (factor != 1) {
            change("scale", gradients, factor);
        }
        return norm;
    }

    /**
     * Brings each element of the gradients, in place, to the nearest value from {@code -maximum} to {@code maximum}; as
     * {@code torch.nn.utils.clip_grad_value_}. A NaN stays one.
     */
    public static void clipValue(Collection<NDArray> gradients, double maximum) {
        change("clip", gradients, maximum);
    }

    private static void change(String how, Collection<NDArray> gradients, double by) {
        if (!gradients.isEmpty()) {
            List<NDArray> none = Code.SCRIPT.call(gradients.iterator().next().getManager(), how, gradients, by);
            none.forEach(NDArray::close);
        }
    }

    /**
     * Methods of TorchScript for steps that are compiled: {@code clip_norm(d, maximum)} as {@link #clipNorm}, {@code clip(d, maximum)} as
     * {@link #clipValue}.
     */
    public static String code() {
        return COMPILED;
    }

    /** Compiled when first needed. */
    private static final class Code {
        static final TorchScript SCRIPT = TorchScript.compile(CODE);
    }
}
