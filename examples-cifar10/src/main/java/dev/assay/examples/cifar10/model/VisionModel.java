package dev.assay.examples.cifar10.model;

import dev.assay.config.Doc;
import dev.assay.config.Validated;
import dev.assay.graph.Graph;

/** A network that gives each picture a score for every class. */
@Doc("The network.")
public sealed interface VisionModel extends Validated
        permits SmallCnn, LeNet, ResNet9, ResNet18, VisionTransformer, SpeedrunNet, GraphModel {

    /**
     * The network: from {@code image}, pictures of shape (N, 3, 32, 32), to its output {@code logits}, scores of shape (N, {@code classes}); its
     * loss is the cross entropy of these and {@code label}.
     *
     * @param labelSmoothing part of each target that is spread evenly over all classes
     * @throws dev.assay.graph.GraphException if a config declares something else
     */
    Graph graph(int classes, double labelSmoothing);
}
