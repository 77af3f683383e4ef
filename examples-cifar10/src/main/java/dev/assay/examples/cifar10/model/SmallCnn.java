package dev.assay.examples.cifar10.model;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.graph.Graph;
import dev.assay.graph.op.Ops;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Three convolutions with batch norm, each followed by pooling, and a linear layer. */
@Config
@Kind("small-cnn")
@Doc("Three convolutions, a second or two for some thousand pictures.")
public non-sealed interface SmallCnn extends VisionModel {
    @Doc("Channels of the first convolution; the others have two and four times as many.")
    @Positive @Value.Default
    default int width() {
        return 16;
    }

    @Doc("Part of the values before the linear layer that are left out in training.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double dropout() {
        return 0;
    }

    @Override
    default Graph graph(int classes, double labelSmoothing) {
        return Classification.graph(labelSmoothing, graph -> {
            Classification.halvingUnit(graph, 1, width());
            Classification.halvingUnit(graph, 2, 2 * width());
            Classification.unit(graph, 3, 4 * width());
            graph.add("pool3", Ops.averageAll()).add("flat", Ops.flatten());
            if (dropout() > 0) {
                graph.add("dropout", Ops.dropout(dropout()));
            }
            graph.add("logits", Ops.linear(classes));
        });
    }
}
