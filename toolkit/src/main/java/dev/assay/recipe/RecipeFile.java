package dev.assay.recipe;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.LocatedNode;
import dev.assay.config.Validated;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** The keys of a recipe. What depends on the wrapper stays as it was written. */
@Config
interface RecipeFile extends Validated {
    @Doc("Version of this format the file was written for; without it the first.")
    @Min(1) @Value.Default
    default int schemaVersion() {
        return 1;
    }

    @Doc("Files of the same keys, relative to this one, laid over it in their order.")
    List<String> include();

    @Doc("Changes to the recipe by name, each with the same keys; --profile chooses some.")
    Map<String, LocatedNode> profiles();

    @Doc("Name of the experiment; names its report's folder.")
    @Pattern(
            regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
            message =
                    "must be at most 100 letters, digits, dots, hyphens and underscores, and begin with a letter or digit")
    String experiment();

    @Doc("What the experiment asks, in the researcher's words.")
    Optional<String> description();

    @Doc("Name of the wrapper that runs the trials.")
    String wrapper();

    @Doc("The run config that the sweep or the design varies.")
    LocatedNode base();

    @Doc("Cells around the base that tell what its factors do: kind, factors, resolution.")
    Optional<LocatedNode> design();

    @Doc("What varies: grid, zip, union, where, when.")
    Optional<LocatedNode> sweep();

    @Doc("Trials for each cell, with seeds counting up from that of the cell.")
    @Min(1) @Max(Cells.MOST) @Value.Default
    default int replicates() {
        return 1;
    }

    @Doc("What the report is about.")
    Optional<ReportKeys> report();

    /** The keys of {@code report}. */
    @Config
    interface ReportKeys extends Validated {
        @Doc("The metric that answers the question, such as val.accuracy.")
        Optional<String> metric();

        @Doc("Paths and values that single out the cell others are compared with.")
        Map<String, LocatedNode> baseline();
    }
}
