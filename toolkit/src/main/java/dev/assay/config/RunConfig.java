package dev.assay.config;

/**
 * What one trial is: data, model, training and seed. An application narrows the parts:
 *
 * <pre>{@code
 * @Config
 * public interface ClassifierRun extends RunConfig {
 *     @Override CifarData data();
 *     @Override VisionModel model();
 *     @Override ClassifierTrain train();
 * }
 * }</pre>
 */
public interface RunConfig extends Validated {
    @Doc("What is learned from.")
    Validated data();

    @Doc("What learns.")
    Validated model();

    @Doc("How it learns.")
    Validated train();

    @Doc("The one number all randomness of the trial derives from.")
    long seed();
}
