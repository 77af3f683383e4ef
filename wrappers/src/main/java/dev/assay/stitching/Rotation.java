package dev.assay.stitching;

import ai.djl.ndarray.types.Shape;
import dev.assay.graph.op.Call;
import dev.assay.graph.op.FirstValues;
import dev.assay.graph.op.ScriptOp;
import dev.assay.graph.op.Weight;
import java.util.List;

/**
 * A linear map whose weight has orthonormal rows or columns, whichever are fewer, at any step of any optimizer: a fixed one, turned by the
 * exponential of a skew matrix T − Tᵀ, of which T is trained (Lezcano-Casado and Martínez-Rubio 2019; {@code torch.nn.utils.parametrizations.orthogonal}
 * with {@code matrix_exp}). The larger side is turned, so that every such weight can be reached.
 *
 * @param units of the output
 */
record Rotation(int units) implements ScriptOp {
    /** The weight before it is turned, (out, in). */
    static final String BASE = "base";

    /** Square, of the larger side; only its difference to its transpose counts. */
    static final String TURN = "turn";

    static final String BIAS = "bias";

    @Override
    public String kind() {
        return "rotation";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        long[] sizes = inputs.get(0).getShape().clone();
        sizes[unitDimension(sizes.length)] = units;
        return new Shape(sizes);
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
        int in = Places.units(inputs.get(0));
        int larger = Math.max(in, units);
        return List.of(
                Weight.kept(BASE, new FirstValues.Identity(in), units, in),
                Weight.trained(TURN, new FirstValues.Normal(1 / Math.sqrt(larger)), larger, larger),
                Weight.trained(BIAS, FirstValues.zeros(), units));
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
        return shape(inputs).slice(1).size() * Places.units(inputs.get(0));
    }

    @Override
    public String code(Call call) {
        Shape input = call.shapes().get(0);
        // In double precision: the exponential has no gradient in bfloat16, and in single it is orthogonal to 1e-6
        // only.
        String base = call.local("base", wide(call.weight(BASE)));
        String turn = call.local("turn", wide(call.weight(TURN)));
        String turned = call.local("turned", "torch.matrix_exp(torch.sub(" + turn + ", torch.t(" + turn + ")))");
        boolean isGrowing = units > Places.units(input);
        String product = isGrowing ? turned + ", " + base : base + ", " + turned;
        String weight = call.local("weight", "torch.type_as(torch.matmul(" + product + "), " + call.input(0) + ")");
        if (input.dimension() != Places.PICTURE) {
            return "torch.linear(" + call.input(0) + ", " + weight + ", " + call.weight(BIAS) + ")";
        }
        return "torch.conv2d(" + call.input(0) + ", torch.unsqueeze(torch.unsqueeze(" + weight + ", 2), 3), "
                + call.weight(BIAS) + ", [1, 1], [0, 0], [1, 1], 1)";
    }

    @Override
    public boolean keepsOutput() {
        return false;
    }

    private static String wide(String array) {
        return "torch.to(" + array + ", 7)";
    }

    private static int unitDimension(int dimensions) {
        return dimensions == Places.PICTURE ? 1 : dimensions - 1;
    }
}
