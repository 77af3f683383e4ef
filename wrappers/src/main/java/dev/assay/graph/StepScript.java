package dev.assay.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.TorchScript;
import dev.assay.model.Mode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A whole training step as one method of TorchScript: outputs, loss, gradients, clipping and the optimizer's update, by one call of the engine. Where
 * the loss is not finite nothing is updated. Gradients are not left with their parameters. Not safe for use by several threads.
 */
public final class StepScript implements AutoCloseable {
    private static final String HEAD = """
            def step(self, x: List[Tensor], w: List[Tensor], u: List[bool], s: List[Tensor], f: List[float]) -> Tensor:
              torch.set_grad_enabled(True)
              dropping = True
            """;
    private static final String TAIL = """
              if bool(torch.isfinite(loss)):
                gs = torch.autograd.grad([loss], %s)
                torch.set_grad_enabled(False)
                d = annotate(List[Tensor], [])
                for g in gs:
                  if torch.__isnot__(g, None):
                    _0 = torch.append(d, unchecked_cast(Tensor, g))
                  else:
                    pass
                p = %s
            %s    _3 = (self).update(False, p, d, s, f)
              else:
                pass
              return torch.detach(loss)
            """;
    private static final String ZERO = "    _1 = torch.insert(d, %d, torch.zeros_like(%s))\n";
    private static final String CLIP_NORM = "    _2 = (self).clip_norm(False, d, %s)\n";
    private static final String CLIP_VALUE = "    _2 = (self).clip(False, d, %s)\n";

    private final GraphNetwork network;
    private final List<String> inputs;
    private final List<String> trained;
    private final List<String> statistics;
    private final TorchScript script;

    /**
     * What goes into a step besides the graph.
     *
     * @param update from the names of the parameters that change to the method {@code update(p, d, s, f)}, as {@code dev.assay.optimizer.Optimizer.code} has it
     * @param methods more methods: {@code clip_norm(d, maximum)} and {@code clip(d, maximum)}
     * @param clipNorm most Euclidean norm of all gradients
     * @param clipValue most absolute value of a gradient's number
     * @param isBfloat16 whether matrix products are in bfloat16
     */
    public record Parts(
            Function<List<String>, String> update,
            String methods,
            Optional<Double> clipNorm,
            Optional<Double> clipValue,
            boolean isBfloat16) {}

    private StepScript(GraphNetwork network, Set<String> trained, Parts parts) {
        this.network = network;
        Graph graph = network.shaped().graph();
        String loss = graph.loss().orElseThrow();
        List<Node> plan = graph.needed(List.of(loss), Set.of());
        this.inputs = graph.inputsOf(plan);
        GraphCode code = new GraphCode(network.shaped(), inputs, parts.isBfloat16());
        this.statistics = code.statistics();
        this.trained = code.weights().stream().filter(trained::contains).toList();
        this.script = TorchScript.compile(
                text(code, loss, plan, parts) + parts.update().apply(this.trained) + parts.methods());
    }

    /**
     * Compiles a step.
     *
     * @param trained names of the parameters that are to change
     * @throws dev.assay.error.AssayException if the engine refuses the code
     */
    public static StepScript compile(GraphNetwork network, Set<String> trained, Parts parts) {
        return new StepScript(network, trained, parts);
    }

    /** Names of the parameters that change, in the order in which the optimizer must give what it remembers of them. */
    public List<String> trained() {
        return trained;
    }

    /** The code, for people. */
    public String code() {
        return script.code();
    }

    /**
     * Makes a step.
     *
     * @param remembered by the optimizer of {@link #trained}
     * @param factors of the optimizer for these
     * @return the loss before it, a scalar that belongs to {@code owner}
     */
    public NDArray run(NDManager owner, Batch batch, Collection<NDArray> remembered, List<Double> factors) {
        List<NDArray> given = inputs.stream().map(batch::get).toList();
        boolean[] updating = network.updating(statistics, Mode.TRAIN);
        return Autograd.notRecording(
                () -> script.call(owner, "step", given, network.tensors().values(), updating, remembered, factors)
                        .get(0));
    }

    @Override
    public void close() {
        script.close();
    }

    private String text(GraphCode code, String loss, List<Node> plan, Parts parts) {
        GraphCode.Body body = code.body(List.of(loss));
        Set<String> reached = plan.stream()
                .flatMap(node -> network.shaped().weightsOf(node).keySet().stream())
                .collect(Collectors.toSet());
        Map<Integer, String> unreached = new LinkedHashMap<>();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            String variable = code.weight(trained.get(i));
            if (reached.contains(trained.get(i))) {
                wanted.add(variable);
            } else {
                unreached.put(i, variable);
            }
        }
        StringBuilder more = new StringBuilder();
        unreached.forEach((i, variable) -> more.append(ZERO.formatted(i, variable)));
        parts.clipNorm().ifPresent(maximum -> more.append(CLIP_NORM.formatted(maximum)));
        parts.clipValue().ifPresent(maximum -> more.append(CLIP_VALUE.formatted(maximum)));
        List<String> all = trained.stream().map(code::weight).toList();
        return HEAD + "  " + String.join("\n  ", body.statements()) + "\n  loss = "
                + body.values().get(loss) + "\n"
                + TAIL.formatted(wanted, all, more);
    }
}
