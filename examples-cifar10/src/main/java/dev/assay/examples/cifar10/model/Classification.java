package dev.assay.examples.cifar10.model;

import dev.assay.graph.Graph;
import dev.assay.graph.GraphBuilder;
import dev.assay.graph.op.ImmutableCrossEntropy;
import dev.assay.graph.op.LossOp;
import dev.assay.graph.op.Ops;
import java.util.function.Consumer;

/** What all graphs here have in common. */
final class Classification {
    static final String IMAGE = "image";
    static final String LABEL = "label";
    static final String LOGITS = "logits";
    static final String LOSS = "loss";

    private Classification() {}

    /**
     * A graph from pictures to scores, with its loss.
     *
     * @param body declares nodes, the last of which is {@code logits}
     */
    static Graph graph(double labelSmoothing, Consumer<GraphBuilder> body) {
        return Graph.of(graph -> {
            graph.input(IMAGE, LABEL);
            body.accept(graph);
            graph.add(LOSS, loss(labelSmoothing), LOGITS, LABEL);
        });
    }

    static LossOp.CrossEntropy loss(double labelSmoothing) {
        return ImmutableCrossEntropy.builder().smoothing(labelSmoothing).build();
    }

    /** A 3×3 convolution that keeps height and width, batch norm and a rectifier, {@code convN}, {@code bnN} and {@code reluN}. */
    static void unit(GraphBuilder graph, int number, int filters) {
        graph.add("conv" + number, Ops.convSame(filters, 3))
                .add("bn" + number, Ops.batchNorm())
                .add("relu" + number, Ops.relu());
    }

    /**
     * The same to half the height and width by the maximum, taken before batch norm: the outcome differs for negative scales only, and norm and
     * rectifier have a quarter of the work.
     */
    static void halvingUnit(GraphBuilder graph, int number, int filters) {
        graph.add("conv" + number, Ops.convSame(filters, 3))
                .add("pool" + number, Ops.maxPool(2))
                .add("bn" + number, Ops.batchNorm())
                .add("relu" + number, Ops.relu());
    }
}
