package dev.assay.graph;

import ai.djl.ndarray.types.Shape;
import dev.assay.graph.op.Op;
import dev.assay.graph.op.Ops;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Graphs of up to 14 nodes in nested groups, declared in any order; every value has the shape (N, 4), so that all fits together. */
final class RandomGraphs {
    static final Map<String, Shape> EXAMPLES = Map.of("x", new Shape(4), "y", new Shape(4));
    private static final List<String> SCOPES = List.of("", "", "a.", "b.", "a.c.", "b.c.");

    private final RandomStream random;

    private RandomGraphs(long seed) {
        this.random = new Seed(seed).stream("random graph");
    }

    static Graph of(long seed) {
        return new RandomGraphs(seed).graph();
    }

    private Graph graph() {
        List<String> values = new ArrayList<>(List.of("x", "y"));
        List<Node> nodes = new ArrayList<>();
        int count = 1 + random.nextInt(14);
        for (int i = 0; i < count; i++) {
            Op op = op();
            int arity = op.kind().equals("add") || op.kind().equals("multiply") ? 2 + random.nextInt(2) : 1;
            List<String> inputs = new ArrayList<>();
            for (int j = 0; j < arity; j++) {
                inputs.add(values.get(random.nextInt(values.size())));
            }
            String name = SCOPES.get(random.nextInt(SCOPES.size())) + "n" + i;
            nodes.add(new Node(name, op, inputs));
            values.add(name);
        }
        List<Node> shuffled = Arrays.stream(random.permutation(nodes.size()))
                .mapToObj(nodes::get)
                .toList();
        TreeSet<String> outputs = new TreeSet<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            outputs.add(shuffled.get(random.nextInt(nodes.size())).name());
        }
        return Graph.of(List.of("x", "y"), shuffled, List.copyOf(outputs), Optional.empty());
    }

    private Op op() {
        return switch (random.nextInt(6)) {
            case 0 -> Ops.linear(4);
            case 1 -> Ops.relu();
            case 2 -> Ops.gelu();
            case 3 -> Ops.add();
            case 4 -> Ops.multiply();
            default -> Ops.scale(0.5);
        };
    }
}
