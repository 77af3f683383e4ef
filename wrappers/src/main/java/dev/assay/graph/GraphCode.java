package dev.assay.graph;

import ai.djl.ndarray.types.Shape;
import dev.assay.graph.op.Call;
import dev.assay.graph.op.ScriptOp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Nodes of a graph strung together in TorchScript. The code reads {@code x}, the arrays given, {@code w}, the weights of the graph, and {@code u},
 * for each of {@link #statistics} whether its node uses the batch and moves its statistics, and {@code dropping}.
 */
final class GraphCode {
    private static final String FLOAT32 = "6";
    private static final String BFLOAT16 = "15";

    private final ShapedGraph shaped;
    private final List<String> inputs;
    private final boolean isBfloat16;
    private final List<String> weights;
    private final List<String> statistics;

    /**
     * @param inputs names of the arrays given
     * @param isBfloat16 whether matrix products are in bfloat16; weights, statistics and losses stay in single precision
     */
    GraphCode(ShapedGraph shaped, List<String> inputs, boolean isBfloat16) {
        this.shaped = shaped;
        this.inputs = List.copyOf(inputs);
        this.isBfloat16 = isBfloat16;
        this.weights = List.copyOf(shaped.weights().keySet());
        this.statistics = shaped.known().stream()
                .filter(node -> shaped.weightsOf(node).values().stream().anyMatch(weight -> !weight.isTrained()))
                .map(Node::name)
                .toList();
    }

    /** Names of all weights, in the order of {@code w}. */
    List<String> weights() {
        return weights;
    }

    /** Names of the nodes that keep something besides parameters, in the order of {@code u}. */
    List<String> statistics() {
        return statistics;
    }

    /** What a weight is called in the code. */
    String weight(String name) {
        return "w[" + weights.indexOf(name) + "]";
    }

    /** Statements, and the variable of each value that was asked for. */
    record Body(List<String> statements, Map<String, String> values) {}

    /** Code that computes values of some nodes, each in single precision. */
    Body body(Collection<String> wanted) {
        return new Writer(wanted).body();
    }

    private final class Writer {
        private final Collection<String> wanted;
        private final List<Node> plan;
        private final Set<String> overwriting;
        private final List<String> statements = new ArrayList<>();
        private final Map<String, String> variables = new LinkedHashMap<>();
        private final Set<String> narrow = new HashSet<>();

        Writer(Collection<String> wanted) {
            this.wanted = wanted;
            this.plan = Reordering.of(shaped.graph().needed(wanted, List.of()), wanted);
            this.overwriting = Overwriting.nodes(plan, wanted);
            for (int i = 0; i < inputs.size(); i++) {
                variables.put(inputs.get(i), "x[" + i + "]");
            }
        }

        Body body() {
            for (int i = 0; i < plan.size(); i++) {
                write(plan.get(i), "v" + i);
            }
            Map<String, String> values = new LinkedHashMap<>();
            wanted.forEach(name -> values.put(name, isNarrow(name) ? to(FLOAT32, variable(name)) : variable(name)));
            return new Body(statements, values);
        }

        private void write(Node node, String variable) {
            ScriptOp op = (ScriptOp) node.op();
            List<Shape> shapes = node.inputs().stream()
                    .map(name -> shaped.shape(Reordering.original(name)))
                    .toList();
            boolean isProduct = isBfloat16 && op.multiplyAdds(shapes) > 0;
            List<String> given = node.inputs().stream()
                    .map(name -> isProduct
                            ? to(BFLOAT16, variable(name))
                            : op.isLoss() && isNarrow(name) ? to(FLOAT32, variable(name)) : variable(name))
                    .toList();
            Call.Variables names = new Call.Variables(
                    name -> isProduct ? to(BFLOAT16, weight(node, name)) : weight(node, name),
                    name -> variable + "_" + name,
                    "u[" + statistics.indexOf(node.name()) + "]",
                    "dropping");
            Call call = new Call(given, shapes, names, overwriting.contains(node.name()));
            String expression = op.code(call);
            statements.addAll(call.statements());
            statements.add(variable + " = " + expression);
            variables.put(node.name(), variable);
            if (isProduct || (!op.isLoss() && node.inputs().stream().anyMatch(this::isNarrow))) {
                narrow.add(node.name());
            }
        }

        private boolean isNarrow(String name) {
            return narrow.contains(name);
        }

        private String variable(String name) {
            return Objects.requireNonNull(variables.get(name), name);
        }

        private String weight(Node node, String name) {
            return GraphCode.this.weight(node.name() + "." + name);
        }
    }

    private static String to(String type, String variable) {
        return "torch.to(" + variable + ", " + type + ")";
    }
}
