package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.immutables.value.Value;

/** Values left out by chance, the others grown by as much (Srivastava and others 2014), as {@code torch.nn.Dropout}. */
@Config
@Kind("dropout")
@Doc("Values left out by chance.")
public non-sealed interface Dropout extends OpConfig {
    @Doc("Part of the values that are left out.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double rate() {
        return 0.5;
    }

    @Override
    default Shape shape(List<Shape> inputs) {
        return Shapes.only(inputs);
    }

    @Override
    default String code(Call call) {
        return "torch.dropout(" + call.input(0) + ", " + Call.number(rate()) + ", " + call.dropping() + ")";
    }
}
