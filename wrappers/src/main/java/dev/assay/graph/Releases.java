package dev.assay.graph;

import dev.assay.graph.op.JavaOp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When values of a run are no longer needed. What goes into an op of Java stays, since it may be what comes out. */
final class Releases {
    private final Map<String, List<String>> byLastReader = new HashMap<>();

    private Releases() {}

    static Releases of(List<Node> plan, Collection<String> want) {
        Map<String, String> lastReaders = new HashMap<>();
        Set<String> kept = new HashSet<>(want);
        for (Node node : plan) {
            node.inputs().forEach(input -> lastReaders.put(input, node.name()));
            if (node.op() instanceof JavaOp) {
                kept.addAll(node.inputs());
                kept.add(node.name());
            }
        }
        Releases releases = new Releases();
        lastReaders.forEach((value, reader) -> {
            if (!kept.contains(value)) {
                releases.byLastReader
                        .computeIfAbsent(reader, name -> new ArrayList<>())
                        .add(value);
            }
        });
        return releases;
    }

    /** The values that nobody needs once this node is computed. */
    List<String> after(Node node) {
        return byLastReader.getOrDefault(node.name(), List.of());
    }
}
