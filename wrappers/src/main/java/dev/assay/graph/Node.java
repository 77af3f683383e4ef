package dev.assay.graph;

import dev.assay.graph.op.Op;
import java.util.List;

/**
 * A named value of a graph and how it is computed.
 *
 * @param name from the top, its words joined by dots: {@code block1.conv2}
 * @param op what is computed
 * @param inputs of what: names of nodes or of inputs of the graph, from the top
 */
public record Node(String name, Op op, List<String> inputs) {
    public Node {
        inputs = List.copyOf(inputs);
    }

    /** The same with other inputs. */
    public Node withInputs(List<String> others) {
        return new Node(name, op, others);
    }
}
