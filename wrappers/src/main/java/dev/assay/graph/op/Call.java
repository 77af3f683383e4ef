package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * One use of an op in generated TorchScript: what its inputs and weights are called there, and the statements it writes. Not safe for use by
 * several threads.
 */
public final class Call {
    private final List<String> inputs;
    private final List<Shape> shapes;
    private final Variables variables;
    private final boolean inPlace;
    private final List<String> statements = new ArrayList<>();

    /**
     * Names in the method that is generated.
     *
     * @param weight from the name of a weight to its variable
     * @param local from a name that is free within the op to one that is free in the method
     * @param updating a condition: whether batch norm uses the batch and moves its statistics
     * @param dropping a condition: whether dropout drops
     */
    public record Variables(
            UnaryOperator<String> weight, UnaryOperator<String> local, String updating, String dropping) {}

    /**
     * A use of an op.
     *
     * @param inputs variables of the inputs
     * @param shapes of the inputs, which the op has accepted
     * @param inPlace whether the first input may be overwritten
     */
    public Call(List<String> inputs, List<Shape> shapes, Variables variables, boolean inPlace) {
        this.inputs = List.copyOf(inputs);
        this.shapes = List.copyOf(shapes);
        this.variables = variables;
        this.inPlace = inPlace;
    }

    /** The variable of an input, from 0. */
    public String input(int index) {
        return inputs.get(index);
    }

    /** The variables of all inputs. */
    public List<String> inputs() {
        return inputs;
    }

    /** Shapes of the inputs; that of the batch is -1. */
    public List<Shape> shapes() {
        return shapes;
    }

    /** The variable of a weight. */
    public String weight(String name) {
        return variables.weight.apply(name);
    }

    /** A condition: whether batch norm uses the batch and moves its statistics. */
    public String updating() {
        return variables.updating;
    }

    /** A condition: whether dropout drops. */
    public String dropping() {
        return variables.dropping;
    }

    /** Whether the output may be written over the first input. */
    public boolean isInPlace() {
        return inPlace;
    }

    /** Writes a statement that gives an expression a name, and returns the variable. */
    public String local(String name, String expression) {
        String variable = variables.local.apply(name);
        statements.add(variable + " = " + expression);
        return variable;
    }

    /** The statements that come before the expression. */
    public List<String> statements() {
        return List.copyOf(statements);
    }

    /** A number as TorchScript writes a float. */
    public static String number(double value) {
        return Double.toString(value).toLowerCase(Locale.ROOT);
    }

    /** The same whole number some times, as TorchScript writes a list. */
    public static String repeat(long value, int times) {
        return Collections.nCopies(times, value).toString();
    }

    /** A condition as TorchScript writes it. */
    public static String condition(boolean value) {
        return value ? "True" : "False";
    }
}
