package dev.assay.examples.cifar10.model;

import ai.djl.nn.Block;
import dev.assay.config.Doc;
import dev.assay.config.Validated;

/** A network that gives each picture a score for every class. */
@Doc("The network.")
public sealed interface VisionModel extends Validated permits SmallCnn, ResNet9 {

    /** The network: pictures of shape (N, 3, 32, 32) to scores of shape (N, {@code classes}). */
    Block block(int classes);
}
