package dev.assay.examples.cifar10.model;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphBuilder;
import dev.assay.graph.op.Conv;
import dev.assay.graph.op.ImmutableConv;
import dev.assay.graph.op.ImmutableMaxPool;
import dev.assay.graph.op.Ops;
import jakarta.validation.constraints.Positive;
import org.immutables.value.Value;

/**
 * The residual network of 18 layers of He, Zhang, Ren and Sun 2016, laid out and named as torchvision's {@code resnet18}, but that its last layer,
 * {@code fc} there, is {@code logits}; see {@link TorchvisionWeights}.
 */
@Config
@Kind("resnet18")
@Doc("The residual network of 18 layers, as torchvision has it.")
public non-sealed interface ResNet18 extends VisionModel {
    /** What comes before the residual blocks. */
    enum Stem {
        /** A 3×3 convolution that keeps the size, for small pictures. */
        CIFAR,
        /** A 7×7 convolution with stride 2 and pooling, torchvision's: a quarter of the height and width. */
        IMAGENET
    }

    @Doc("What comes before the residual blocks: cifar keeps the size of pictures, imagenet makes it a quarter.")
    @Value.Default
    default Stem stem() {
        return Stem.CIFAR;
    }

    @Doc("Channels of the first convolution; the last has eight times as many.")
    @Positive @Value.Default
    default int width() {
        return 64;
    }

    @Override
    default Graph graph(int classes, double labelSmoothing) {
        return Classification.graph(labelSmoothing, graph -> {
            addStem(graph);
            for (int layer = 1; layer <= 4; layer++) {
                int filters = width() << (layer - 1);
                int stride = layer == 1 ? 1 : 2;
                graph.group(
                        "layer" + layer,
                        group -> group.group("0", block -> addBlock(block, filters, stride))
                                .group("1", block -> addBlock(block, filters, 1)));
            }
            graph.add("avgpool", Ops.averageAll()).add("flat", Ops.flatten()).add("logits", Ops.linear(classes));
        });
    }

    private void addStem(GraphBuilder graph) {
        boolean isLarge = stem() == Stem.IMAGENET;
        graph.add("conv1", isLarge ? convolution(width(), 7, 2) : convolution(width(), 3, 1))
                .add("bn1", Ops.batchNorm())
                .add("relu", Ops.relu());
        if (isLarge) {
            graph.add(
                    "maxpool",
                    ImmutableMaxPool.builder().kernel(3).stride(2).padding(1).build());
        }
    }

    /** Two convolutions and the way past them, which is a convolution where the size changes. */
    private static void addBlock(GraphBuilder block, int filters, int stride) {
        block.add("conv1", convolution(filters, 3, stride))
                .add("bn1", Ops.batchNorm())
                .add("relu1", Ops.relu())
                .add("conv2", convolution(filters, 3, 1))
                .add("bn2", Ops.batchNorm());
        if (stride > 1) {
            block.group(
                    "downsample",
                    path -> path.add("0", convolution(filters, 1, stride)).add("1", Ops.batchNorm()),
                    "in");
        }
        block.add("sum", Ops.add(), "bn2", stride > 1 ? "downsample" : "in").add("relu2", Ops.relu());
    }

    private static Conv convolution(int filters, int kernel, int stride) {
        return ImmutableConv.copyOf(Ops.convSame(filters, kernel)).withStride(stride);
    }
}
