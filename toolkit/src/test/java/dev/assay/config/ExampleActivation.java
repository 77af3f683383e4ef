package dev.assay.config;

/** A choice that other modules may add to. */
@Open
public interface ExampleActivation extends Validated {
    /** What becomes of a number. */
    double of(double x);

    /** Nothing below zero. */
    @Config
    @Kind("relu")
    interface Relu extends ExampleActivation {
        @Override
        default double of(double x) {
            return Math.max(x, 0);
        }
    }
}
