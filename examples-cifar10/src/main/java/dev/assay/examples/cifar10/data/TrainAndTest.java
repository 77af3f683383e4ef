package dev.assay.examples.cifar10.data;

import dev.assay.data.ImageSet;

/** The official two parts. */
record TrainAndTest(ImageSet train, ImageSet test) {}
