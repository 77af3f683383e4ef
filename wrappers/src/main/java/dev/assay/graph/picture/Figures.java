package dev.assay.graph.picture;

import ai.djl.ndarray.types.Shape;
import dev.assay.graph.Node;
import dev.assay.graph.ShapedGraph;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What tables and pictures say of a node. */
final class Figures {
    private static final long BATCH = -1;

    private Figures() {}

    /** The shape with N for the batch; a scalar has none. */
    static String shape(Shape shape) {
        return shape.dimension() == 0
                ? "scalar"
                : Arrays.stream(shape.getShape())
                        .mapToObj(size -> size == BATCH ? "N" : String.valueOf(size))
                        .collect(Collectors.joining(" × "));
    }

    /** Numbers that are trained. */
    static long parameters(ShapedGraph shaped, Node node) {
        return shaped.weightsOf(node).values().stream()
                .filter(weight -> weight.isTrained())
                .mapToLong(weight -> weight.shape().size())
                .sum();
    }

    static long multiplyAdds(ShapedGraph shaped, Node node) {
        return node.op().multiplyAdds(shaped.inputShapes(node));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
