package dev.assay.graph.op;

/**
 * An op whose arithmetic is TorchScript, so that it can be compiled. A program's own ops implement this:
 *
 * <pre>{@code
 * record Square() implements ScriptOp {
 *     public String kind() { return "square"; }
 *     public Shape shape(List<Shape> inputs) { return inputs.get(0); }
 *     public String code(Call call) { return "torch.mul(" + call.input(0) + ", " + call.input(0) + ")"; }
 * }
 * }</pre>
 */
public non-sealed interface ScriptOp extends Op {

    /**
     * The expression of the output, in the language of serialised TorchScript: functions by their full name ({@code torch.conv2d}, which is
     * {@code aten::conv2d}), with all arguments. Statements it needs before it are written by {@link Call#local}.
     */
    String code(Call call);

    /**
     * Whether the gradient is computed from the output, or the output may share memory with an input, so that nothing may overwrite it. True
     * unless an op knows better.
     */
    default boolean keepsOutput() {
        return true;
    }

    /** Whether {@link #code} may write the output over the first input where {@link Call#isInPlace}. */
    default boolean canOverwrite() {
        return false;
    }
}
