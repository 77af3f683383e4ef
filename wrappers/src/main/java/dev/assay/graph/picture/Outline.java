package dev.assay.graph.picture;

import dev.assay.graph.Graph;
import dev.assay.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The groups of a graph, as its names tell them. */
final class Outline {
    private final String path;
    private final Map<String, Outline> groups = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private Outline(String path) {
        this.path = path;
    }

    static Outline of(Graph graph) {
        Outline top = new Outline("");
        for (Node node : graph.nodes()) {
            Outline group = top;
            String[] words = node.name().split("\\.", -1);
            for (int i = 0; i < words.length - 1; i++) {
                group = group.inner(words[i]);
            }
            group.nodes.add(node);
        }
        return top;
    }

    /** The name from the top; empty for the top itself. */
    String path() {
        return path;
    }

    /** The last word of the name. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    List<Outline> groups() {
        return List.copyOf(groups.values());
    }

    /** The nodes that lie in it and in no group within. */
    List<Node> nodes() {
        return nodes;
    }

    /** What a node is called among its siblings. */
    static String nameOf(Node node) {
        return node.name().substring(node.name().lastIndexOf('.') + 1);
    }

    private Outline inner(String word) {
        return Optional.ofNullable(groups.get(word)).orElseGet(() -> {
            Outline inner = new Outline(path.isEmpty() ? word : path + "." + word);
            groups.put(word, inner);
            return inner;
        });
    }
}
