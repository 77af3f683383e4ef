package dev.assay.graph;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.TorchScript;
import dev.assay.error.AssayException;
import dev.assay.graph.op.Call;
import dev.assay.graph.op.ScriptOp;
import dev.assay.graph.op.Weight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One method of TorchScript for each node of a graph, by which it is run by itself. Nodes that do the same share one. Not safe for use by several
 * threads.
 */
final class NodeMethods implements AutoCloseable {
    private static final String SIGNATURE =
            "(self, x: List[Tensor], w: List[Tensor], updating: bool, dropping: bool) -> Tensor:\n";

    private final TorchScript script;
    private final Map<String, String> methods;

    private NodeMethods(TorchScript script, Map<String, String> methods) {
        this.script = script;
        this.methods = methods;
    }

    /** @throws AssayException if the engine refuses the code of a node, with its name */
    static NodeMethods compile(ShapedGraph shaped) {
        Map<String, String> methods = new HashMap<>();
        Map<String, String> bodies = new LinkedHashMap<>();
        for (Node node : shaped.known()) {
            if (node.op() instanceof ScriptOp op) {
                String body = body(op, shaped.inputShapes(node));
                methods.put(node.name(), bodies.computeIfAbsent(body, each -> "node" + bodies.size()));
            }
        }
        return new NodeMethods(compile(bodies, methods), methods);
    }

    NDArray call(
            Node node,
            NDManager owner,
            List<NDArray> inputs,
            Collection<NDArray> weights,
            boolean updating,
            boolean dropping) {
        String method = methods.getOrDefault(node.name(), "");
        try {
            return script.call(owner, method, inputs, weights, updating, dropping)
                    .get(0);
        } catch (EngineException e) {
            throw new AssayException(
                    "Node (" + node.name() + "), " + node.op().kind() + ", failed: " + e.getMessage(), e);
        }
    }

    /** The code, for people. */
    String code() {
        return script.code();
    }

    @Override
    public void close() {
        script.close();
    }

    private static String body(ScriptOp op, List<Shape> shapes) {
        List<String> inputs = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            inputs.add("x[" + i + "]");
        }
        List<String> weights = op.weights(shapes).stream().map(Weight::name).toList();
        Call call = new Call(
                inputs,
                shapes,
                new Call.Variables(name -> "w[" + weights.indexOf(name) + "]", name -> name, "updating", "dropping"),
                false);
        String result = op.code(call);
        StringBuilder body = new StringBuilder();
        call.statements()
                .forEach(statement -> body.append("  ").append(statement).append('\n'));
        return body.append("  return ").append(result).append('\n').toString();
    }

    private static TorchScript compile(Map<String, String> bodies, Map<String, String> methods) {
        StringBuilder code = new StringBuilder();
        bodies.forEach((body, method) -> code.append(definition(method, body)));
        try {
            return TorchScript.compile(code.toString());
        } catch (AssayException e) {
            bodies.forEach((body, method) -> requireCompiles(body, method, methods));
            throw e;
        }
    }

    private static void requireCompiles(String body, String method, Map<String, String> methods) {
        try (TorchScript alone = TorchScript.compile(definition(method, body))) {
            alone.code();
        } catch (AssayException e) {
            List<String> nodes = methods.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(method))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            throw new AssayException("The code of nodes " + nodes + " is wrong.\n" + e.getMessage(), e);
        }
    }

    private static String definition(String method, String body) {
        return "def " + method + SIGNATURE + body;
    }
}
