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
}
