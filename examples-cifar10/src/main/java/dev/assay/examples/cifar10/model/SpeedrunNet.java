package dev.assay.examples.cifar10.model;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphBuilder;
import dev.assay.graph.op.ImmutableBatchNorm;
import dev.assay.graph.op.ImmutableLinear;
import dev.assay.graph.op.Normalization;
import dev.assay.graph.op.Ops;
import jakarta.validation.constraints.Positive;
import org.immutables.value.Value;

/**
 * The network of airbench94 (Jordan 2024, "94% on CIFAR-10 in 3.29 seconds on a single GPU"): a 2×2 convolution that is to make patches white, and
 * three groups of two convolutions. {@link #FIXED} names what is not trained there: the weights of the first convolution, and the scales of batch norm.
 */
@Config
@Kind("speedrun")
@Doc("Seven convolutions, made to be trained in seconds.")
public non-sealed interface SpeedrunNet extends VisionModel {
    /** The first layer's filters. */
    String WHITENING = "whiten.weight";

    /** The first layer's bias. */
    String WHITENING_BIAS = "whiten.bias";

    /** A pattern of the parameters that keep their first values. */
    String FIXED = WHITENING + ",group?.norm?.weight";

    @Doc("Channels of the first group; the second and third have four times as many.")
    @Positive @Value.Default
    default int width() {
        return 64;
    }

    @Override
    default Graph graph(int classes, double labelSmoothing) {
        return Classification.graph(labelSmoothing, graph -> {
            // One filter for each direction of a patch of 2×2 pixels in three colours, and one for its opposite.
            graph.add("whiten", Ops.conv(2 * 3 * 2 * 2, 2)).add("gelu", Ops.gelu());
            graph.group("group1", group -> addConvolutions(group, width()))
                    .group("group2", group -> addConvolutions(group, 4 * width()))
                    .group("group3", group -> addConvolutions(group, 4 * width()));
            graph.add("pool", Ops.maxPool(3))
                    .add("flat", Ops.flatten())
                    .add(
                            "fc",
                            ImmutableLinear.builder().units(classes).bias(false).build())
                    .add("logits", Ops.scale(1.0 / 9));
        });
    }

    private static void addConvolutions(GraphBuilder group, int filters) {
        group.add("conv1", Ops.convSame(filters, 3))
                .add("pool", Ops.maxPool(2))
                .add("norm1", norm())
                .add("gelu1", Ops.gelu())
                .add("conv2", Ops.convSame(filters, 3))
                .add("norm2", norm())
                .add("gelu2", Ops.gelu());
    }

    private static Normalization.BatchNorm norm() {
        return ImmutableBatchNorm.builder().momentum(0.4).eps(1e-12).build();
    }
}
