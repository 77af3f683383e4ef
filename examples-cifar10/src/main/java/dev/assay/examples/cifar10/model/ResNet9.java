package dev.assay.examples.cifar10.model;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphBuilder;
import dev.assay.graph.op.ImmutableLinear;
import dev.assay.graph.op.Ops;
import jakarta.validation.constraints.Positive;
import org.immutables.value.Value;

/**
 * Eight convolutions with batch norm, two residual connections and a linear layer, after Page 2018, "How to train your ResNet", whose network
 * has width 64.
 */
@Config
@Kind("resnet9")
@Doc("Eight convolutions and two residual connections.")
public non-sealed interface ResNet9 extends VisionModel {
    @Doc("Channels of the first convolution; the last has eight times as many.")
    @Positive @Value.Default
    default int width() {
        return 16;
    }

    @Doc("What the scores are multiplied by.")
    @Positive @Value.Default
    default double scale() {
        return 0.125;
    }

    @Override
    default Graph graph(int classes, double labelSmoothing) {
        return Classification.graph(labelSmoothing, graph -> {
            Classification.unit(graph, 1, width());
            Classification.halvingUnit(graph, 2, 2 * width());
            graph.group("residual1", group -> residual(group, 2 * width()));
            Classification.halvingUnit(graph, 3, 4 * width());
            Classification.halvingUnit(graph, 4, 8 * width());
            graph.group("residual2", group -> residual(group, 8 * width()));
            graph.add("pool5", Ops.maxPool(4))
                    .add("flat", Ops.flatten())
                    .add(
                            "fc",
                            ImmutableLinear.builder().units(classes).bias(false).build())
                    .add("logits", Ops.scale(scale()));
        });
    }

    /** Two units one after the other, whose outcome is added to what went in. */
    private static void residual(GraphBuilder group, int filters) {
        Classification.unit(group, 1, filters);
        Classification.unit(group, 2, filters);
        group.add("sum", Ops.add(), "in", "relu2");
    }
}
