package dev.assay.graph.op;

import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Optional;

/** A node of a graph as a config writes it: an op, or a group of nodes. */
@Doc("A node of a graph: an op, or a group of nodes.")
public sealed interface NodeConfig extends Validated permits OpConfig, Group {
    /** What a name may look like: words of letters, digits, hyphens and underscores, joined by dots. */
    String NAME = "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*";

    @Doc("Name among its siblings; if left out, its kind and a running number among those of its kind.")
    Optional<@Pattern(regexp = NAME) String> name();

    @Doc(
            "What it is computed from: names of nodes, groups or inputs, nearest first, or (in) for what its group is given. If left out, the node"
                    + " before it.")
    List<@NotBlank String> from();
}
