package dev.assay.graph.picture;

import dev.assay.graph.Node;
import dev.assay.graph.ShapedGraph;

/** A graph in the language of Graphviz, DOT: groups as clusters, with the shape of every value. */
public final class DotText {
    private DotText() {}

    /** The text. Nodes whose shapes are not known are left out. */
    public static String of(ShapedGraph shaped) {
        StringBuilder text = new StringBuilder("digraph model {\n  node [shape=box, fontname=\"sans-serif\"];\n");
        shaped.graph().inputs().stream()
                .filter(shaped.shapes()::containsKey)
                .forEach(input -> text.append("  ")
                        .append(quoted(input))
                        .append(" [shape=ellipse, label=")
                        .append(quoted(input + "\n" + Figures.shape(shaped.shape(input))))
                        .append("];\n"));
        append(text, shaped, Outline.of(shaped.graph()), "  ");
        for (Node node : shaped.known()) {
            node.inputs()
                    .forEach(input -> text.append("  ")
                            .append(quoted(input))
                            .append(" -> ")
                            .append(quoted(node.name()))
                            .append(";\n"));
        }
        return text.append("}\n").toString();
    }

    private static void append(StringBuilder text, ShapedGraph shaped, Outline group, String indent) {
        for (Node node : group.nodes()) {
            if (shaped.shapes().containsKey(node.name())) {
                String label = Outline.nameOf(node) + "\n" + node.op().kind() + "\n"
                        + Figures.shape(shaped.shape(node.name()));
                text.append(indent)
                        .append(quoted(node.name()))
                        .append(" [label=")
                        .append(quoted(label))
                        .append("];\n");
            }
        }
        for (Outline inner : group.groups()) {
            text.append(indent)
                    .append("subgraph ")
                    .append(quoted("cluster_" + inner.path()))
                    .append(" {\n");
            text.append(indent).append("  label=").append(quoted(inner.name())).append(";\n");
            append(text, shaped, inner, indent + "  ");
            text.append(indent).append("}\n");
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
