package dev.assay.config;

/** A run config as an application declares it. */
@Config
public interface ExampleRun extends RunConfig {
    @Override
    ExampleData data();

    @Override
    ExampleModel model();

    @Override
    ExampleTrain train();

    /** What follows from several parts. */
    default int warmupPictures() {
        boolean made = data() instanceof ExampleData.Synthetic;
        return made ? 0 : train().warmup() * train().batchSize();
    }
}
