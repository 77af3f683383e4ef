package dev.assay.examples.cifar10;

import dev.assay.config.ConfigReader;
import dev.assay.junit.WrapperTest;
import org.junit.jupiter.api.Tag;

/** A wrapper whose steps are its own is tested by the same. */
@Tag("K6")
@Tag("T6")
class SharpnessAwareClassifierTest implements WrapperTest<SharpnessAwareRun> {
    @Override
    public SharpnessAwareClassifier wrapper() {
        return new SharpnessAwareClassifier();
    }

    @Override
    public SharpnessAwareRun config() {
        return ConfigReader.of(SharpnessAwareRun.class).parse("""
                data: {kind: synthetic, trainExamples: 48, testExamples: 16}
                model: {kind: small-cnn, width: 4}
                train: {epochs: 2, batchSize: 16, evaluateEvery: {epochs: 0.5}, optimizer: {kind: adamw, lr: 0.01}}
                seed: 1
                """, "config");
    }
}
