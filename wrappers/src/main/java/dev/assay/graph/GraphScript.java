package dev.assay.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.engine.TorchScript;
import dev.assay.error.AssayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole graph as methods of TorchScript, so that it is run by one call of the engine. */
final class GraphScript implements AutoCloseable {
    private static final String SIGNATURE =
            "(self, x: List[Tensor], w: List[Tensor], u: List[bool], dropping: bool) -> List[Tensor]:\n";

    private final GraphCode code;
    private final List<String> inputs;
    private final Map<String, List<String>> results = new LinkedHashMap<>();
    private final TorchScript script;

    private GraphScript(ShapedGraph shaped, List<String> inputs, boolean isBfloat16) {
        Graph graph = shaped.graph();
        this.inputs = inputs;
        this.code = new GraphCode(shaped, inputs, isBfloat16);
        StringBuilder text = new StringBuilder();
        results.put("outputs", graph.outputs());
        graph.loss().filter(shaped.shapes()::containsKey).ifPresent(loss -> {
            List<String> both = new ArrayList<>(graph.outputs());
            both.add(loss);
            results.put("outputsAndLoss", both);
        });
        results.forEach((method, wanted) -> text.append(method(method, wanted)));
        this.script = TorchScript.compile(text.toString());
    }

    /**
     * Compiles a graph.
     *
     * @return nothing if a node has an op of Java
     * @throws AssayException if the engine refuses the code
     */
    static Optional<GraphScript> compile(ShapedGraph shaped, boolean isBfloat16) {
        boolean isJava = shaped.known().stream().anyMatch(node -> node.op() instanceof dev.assay.graph.op.JavaOp);
        if (isJava) {
            return Optional.empty();
        }
        List<String> inputs = shaped.graph().inputs().stream()
                .filter(shaped.shapes()::containsKey)
                .toList();
        return Optional.of(new GraphScript(shaped, inputs, isBfloat16));
    }

    /** Names of the nodes whose statistics the last argument but one of {@link #run} is about. */
    List<String> statistics() {
        return code.statistics();
    }

    /** The outputs by name and, where the graph has one and all its inputs are given, the loss. */
    Map<String, NDArray> run(
            NDManager owner,
            Map<String, NDArray> given,
            Collection<NDArray> weights,
            boolean[] updating,
            boolean dropping) {
        String method = results.containsKey("outputsAndLoss") && given.keySet().containsAll(inputs)
                ? "outputsAndLoss"
                : "outputs";
        List<NDArray> arrays = new ArrayList<>();
        NDArray any = given.values().iterator().next();
        inputs.forEach(name -> arrays.add(given.getOrDefault(name, any)));
        List<NDArray> values = script.call(owner, method, arrays, weights, updating, dropping);
        Map<String, NDArray> named = new LinkedHashMap<>();
        List<String> names = results.getOrDefault(method, List.of());
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), values.get(i));
        }
        return named;
    }

    String text() {
        return script.code();
    }

    @Override
    public void close() {
        script.close();
    }

    private String method(String name, List<String> wanted) {
        GraphCode.Body body = code.body(wanted);
        return "def " + name + SIGNATURE
                + "  " + String.join("\n  ", body.statements()) + "\n  return ["
                + String.join(", ", wanted.stream().map(body.values()::get).toList()) + "]\n";
    }
}
