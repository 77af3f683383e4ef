package dev.assay.run;

import java.util.List;
import java.util.OptionalLong;

/**
 * Which values within a trained network are asked for.
 *
 * @param nodes names or patterns of names, in order; empty for all nodes there are
 * @param partition data the network is run on, {@code train} for the training data
 * @param examples how many of the first examples; empty for all
 */
public record NodeSelection(List<String> nodes, String partition, OptionalLong examples) {
    public NodeSelection {
        nodes = List.copyOf(nodes);
    }
}
