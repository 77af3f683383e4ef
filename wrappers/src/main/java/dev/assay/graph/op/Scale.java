package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import java.util.List;

/** The product with a number that is not trained. */
@Config
@Kind("scale")
@Doc("The product with a number.")
public non-sealed interface Scale extends OpConfig {
    @Doc("The number.")
    double factor();

    @Override
    default Shape shape(List<Shape> inputs) {
        return Shapes.only(inputs);
    }

    @Override
    default String code(Call call) {
        return "torch.mul(" + call.input(0) + ", " + Call.number(factor()) + ")";
    }

    @Override
    default boolean keepsOutput() {
        return false;
    }
}
