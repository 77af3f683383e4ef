package dev.assay.graph;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.config.Validated;
import dev.assay.graph.op.NodeConfig;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Optional;

/**
 * A graph as a config writes it, so that its architecture is part of what a trial is. A wrapper whose models may be graphs extends it by an
 * alternative of its own:
 *
 * <pre>{@code
 * @Config
 * @Kind("graph")
 * public non-sealed interface GraphModel extends VisionModel, GraphConfig {}
 * }</pre>
 */
@Config
@Kind("graph")
@Doc("A model as a graph of named nodes.")
public interface GraphConfig extends Validated {
    @Doc("Names of the arrays of a batch it is given; the first is what the first node is computed from.")
    @NotEmpty List<@NotBlank String> inputs();

    @Doc("Its nodes, in order.")
    @NotEmpty List<NodeConfig> nodes();

    @Doc("The nodes it gives; the last that is no loss, if left out.")
    List<@NotBlank String> outputs();

    @Doc("The node to be made small; the only loss there is, if left out.")
    Optional<String> loss();

    /**
     * The graph.
     *
     * @throws GraphException if there is no such graph
     */
    default Graph graph() {
        return Graph.from(this);
    }
}
