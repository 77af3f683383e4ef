package dev.assay.graph.op;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;

/** Nodes with a common name. Its output is that of its last node; its first node is given what the group is given. */
@Config
@Kind("group")
@Doc("Nodes with a common name; the last gives its output.")
public non-sealed interface Group extends NodeConfig {
    @Doc("Its nodes, in order.")
    @NotEmpty List<NodeConfig> nodes();
}
