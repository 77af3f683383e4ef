package dev.assay.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was written of the values within a network.
 *
 * @param shapes of one example by node, in the order of the network
 * @param examples how many
 */
public record Activations(Map<String, List<Long>> shapes, long examples) {
    public Activations {
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
    }
}
