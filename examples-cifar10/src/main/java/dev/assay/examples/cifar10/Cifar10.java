package dev.assay.examples.cifar10;

import dev.assay.Assay;

/** The application: its wrappers by name. All commands come with it. */
public final class Cifar10 {
    private Cifar10() {}

    public static void main(String[] args) {
        System.exit(Assay.application("assay")
                .wrapper("classifier", ClassifierRun.class, Classifier::new)
                .wrapper("sharpness-aware", SharpnessAwareRun.class, SharpnessAwareClassifier::new)
                .wrapper("speedrun", SpeedrunRun.class, Speedrun::new)
                .wrapper("stitched", StitchedRun.class, StitchedClassifier::new)
                .run(args));
    }
}
