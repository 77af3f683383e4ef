package dev.assay.examples.cifar10;

import dev.assay.config.ConfigReader;
import dev.assay.junit.WrapperTest;
import org.junit.jupiter.api.Tag;

@Tag("K6")
class ClassifierTest implements WrapperTest<ClassifierRun> {
    @Override
    public Classifier wrapper() {
        return new Classifier();
    }

    @Override
    public ClassifierRun config() {
        return ConfigReader.of(ClassifierRun.class).parse("""
                data: {kind: synthetic, trainExamples: 48, testExamples: 16, augmentation: {flip: random, pad: 2}}
                model: {kind: small-cnn, width: 4}
                train: {epochs: 2, batchSize: 16, evaluateEvery: {epochs: 0.5}, optimizer: {kind: adamw, lr: 0.01}}
                seed: 1
                """, "config");
    }
}
