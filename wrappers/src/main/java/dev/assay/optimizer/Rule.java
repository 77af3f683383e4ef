package dev.assay.optimizer;

import java.util.List;
import java.util.Map;

/**
 * The arithmetic of an optimizer for one parameter. It stands once, as TorchScript, so that the engine runs it in one call for all parameters
 * and it can be made part of a compiled step; only factors that are the same for all elements are computed in Java.
 */
interface Rule {

    /** What is remembered for each parameter, arrays like it by name, with the value all their elements begin with. */
    Map<String, Double> arrays();

    /** Names of {@link #factors(Occasion)}, in their order. */
    List<String> factors();

    /** Numbers for one update of one parameter. Asked for once an update, since it counts. */
    double[] factors(Occasion occasion);

    /**
     * Statements that change the parameter {@code w} by its gradient {@code g}, which stays as it is. Remembered arrays and factors are there
     * by their names. New names must not be {@code p}, {@code d}, {@code s}, {@code f} or {@code i}.
     */
    String code();
}
