package dev.assay.examples.cifar10.model;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.graph.Graph;
import dev.assay.graph.op.Ops;

/**
 * Two convolutions and three linear layers, after LeCun, Bottou, Bengio and Haffner 1998, with three input channels, rectifiers and pooling by
 * the maximum, as tutorials have it.
 */
@Config
@Kind("lenet")
@Doc("Two convolutions and three linear layers.")
public non-sealed interface LeNet extends VisionModel {
    @Override
    default Graph graph(int classes, double labelSmoothing) {
        return Classification.graph(
                labelSmoothing,
                graph -> graph.add("conv1", Ops.conv(6, 5))
                        .add("relu1", Ops.relu())
                        .add("pool1", Ops.maxPool(2))
                        .add("conv2", Ops.conv(16, 5))
                        .add("relu2", Ops.relu())
                        .add("pool2", Ops.maxPool(2))
                        .add("flat", Ops.flatten())
                        .add("fc1", Ops.linear(120))
                        .add("relu3", Ops.relu())
                        .add("fc2", Ops.linear(84))
                        .add("relu4", Ops.relu())
                        .add("logits", Ops.linear(classes)));
    }
}
