package dev.assay.config;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A network. */
@Config
public interface ExampleModel extends Validated {
    @NotEmpty List<@Positive Integer> widths();

    OptionalDouble dropout();

    Map<String, @Positive Double> scales();
}
