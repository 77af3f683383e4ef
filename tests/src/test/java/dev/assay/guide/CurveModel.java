package dev.assay.guide;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.config.Validated;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.immutables.value.Value;

/** The curve that is fitted. */
@Doc("The curve that is fitted.")
public sealed interface CurveModel extends Validated {

    /** A polynomial. */
    @Config
    @Kind("polynomial")
    @Doc("A polynomial.")
    non-sealed interface Polynomial extends CurveModel {
        @Doc("Highest power.")
        @Min(1) @Max(9) @Value.Default
        default int degree() {
            return 3;
        }
    }

    /** A network. */
    @Config
    @Kind("network")
    @Doc("A network of dense layers.")
    non-sealed interface Network extends CurveModel {
        @Doc("Units of each hidden layer.")
        @NotEmpty List<@Positive Integer> widths();
    }
}
