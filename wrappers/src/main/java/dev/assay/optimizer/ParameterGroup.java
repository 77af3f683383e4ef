package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Optional;

/** Parameters, chosen by name, that an optimizer treats in another way; what is left out is as for all others. */
@Config
@Doc("Parameters, chosen by name, with settings of their own.")
public interface ParameterGroup extends Validated {
    @Doc("Which names, as a pattern: * stands for any text, ? for any one character, commas separate alternatives.")
    @NotBlank String match();

    @Doc("Their learning rate, in place of the optimizer's; the schedule multiplies it by the same factor.")
    Optional<@PositiveOrZero Double> lr();

    @Doc("Strength of their weight decay, in place of the optimizer's.")
    Optional<@PositiveOrZero Double> weightDecay();
}
