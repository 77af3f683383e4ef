package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.immutables.value.Value;

/** Pictures of another size, as {@code torch.nn.functional.interpolate} with a size and without aligned corners. */
@Config
@Kind("interpolate")
@Doc("Pictures of another size.")
public non-sealed interface Interpolate extends OpConfig {
    /** How values between places are made. */
    enum Method {
        /** The nearest is taken. */
        NEAREST,
        /** Between the nearest two of each dimension by their distance. */
        BILINEAR,
        /** By cubics through the nearest four of each dimension. */
        BICUBIC
    }

    @Doc("Height of the output.")
    @Positive int height();

    @Doc("Width of the output; as its height, if left out.")
    @Positive @Value.Default
    default int width() {
        return height();
    }

    @Doc("How values between places are made.")
    @Value.Default
    default Method method() {
        return Method.NEAREST;
    }

    @Override
    default Shape shape(List<Shape> inputs) {
        Shape input = Shapes.requireDimensions(Shapes.only(inputs), 4, 4, "(N, C, H, W)");
        return Shapes.withPlaces(input, height(), width());
    }

    @Override
    default String code(Call call) {
        String arguments = call.input(0) + ", [" + height() + ", " + width() + "]";
        return switch (method()) {
            case NEAREST -> "torch.upsample_nearest2d(" + arguments + ")";
            case BILINEAR -> "torch.upsample_bilinear2d(" + arguments + ", False)";
            case BICUBIC -> "torch.upsample_bicubic2d(" + arguments + ", False)";
        };
    }

    @Override
    default boolean keepsOutput() {
        return false;
    }
}
