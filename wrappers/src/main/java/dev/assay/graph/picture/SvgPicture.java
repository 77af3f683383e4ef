package dev.assay.graph.picture;

import dev.assay.graph.ShapedGraph;
import java.util.List;
import java.util.Locale;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;

/** A graph drawn as SVG, from its inputs at the top to its outputs at the bottom; no program but this one is needed. */
public final class SvgPicture {
    private static final double MARGIN = 12;
    private static final double LINE = 16;
    private static final String STYLE = """
            text { font: 12px ui-monospace, monospace; fill: #222; text-anchor: middle }
            .name { font-weight: bold } .group-name { text-anchor: start; fill: #555 }
            rect { stroke: #777; fill: #fff } .input { fill: #e6f0fa } .output { fill: #fbead5 }
            .group { fill: #000; fill-opacity: .035; stroke: #bbb; stroke-dasharray: 4 3 }
            path { fill: none; stroke: #555 } marker path { fill: #555 }
            """;

    private final StringBuilder text = new StringBuilder();
    private final GraphLayout layout;

    private SvgPicture(GraphLayout layout) {
        this.layout = layout;
    }

    /** The SVG. Each box has the name of a node, its op and the number of its parameters, and its shape. Nodes whose shapes are not known are left out. */
    public static String of(ShapedGraph shaped) {
        SvgPicture picture = new SvgPicture(GraphLayout.of(shaped));
        picture.draw();
        return picture.text.toString();
    }

    private void draw() {
        ElkNode root = layout.root();
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\">%n",
                root.getWidth(), root.getHeight(), root.getWidth(), root.getHeight());
        add("<style>%n%s</style>%n", STYLE);
        add(
                "<defs><marker id=\"end\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
                        + "<path d=\"M0 0L8 4L0 8z\"/></marker></defs>%n");
        layout.boxes().forEach(this::box);
        edges(root, 0, 0);
        add("</svg>%n");
    }

    private void box(ElkNode node, GraphLayout.Box box) {
        double x = x(node);
        double y = y(node);
        String kind = box.kind().name().toLowerCase(Locale.ROOT);
        add(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%d\"/>%n",
                kind, x, y, node.getWidth(), node.getHeight(), box.kind() == GraphLayout.Kind.INPUT ? 14 : 4);
        if (box.kind() == GraphLayout.Kind.GROUP) {
            add(
                    "<text class=\"group-name\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                    x + MARGIN / 2, y + LINE, escaped(box.lines().get(0)));
            return;
        }
        List<String> lines = box.lines();
        for (int i = 0; i < lines.size(); i++) {
            add(
                    "<text%s x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                    i == 0 ? " class=\"name\"" : "",
                    x + node.getWidth() / 2,
                    y + MARGIN / 2 + (i + 0.75) * LINE,
                    escaped(lines.get(i)));
        }
    }

    /** Edges lie in the innermost node that has both ends, and their points are relative to it. */
    private void edges(ElkNode around, double x, double y) {
        for (ElkEdge edge : around.getContainedEdges()) {
            edge.getSections()
                    .forEach(section -> add("<path d=\"%s\" marker-end=\"url(#end)\"/>%n", path(section, x, y)));
        }
        around.getChildren().forEach(child -> edges(child, x + child.getX(), y + child.getY()));
    }

    private static String path(ElkEdgeSection section, double x, double y) {
        StringBuilder path = new StringBuilder(point('M', x + section.getStartX(), y + section.getStartY()));
        for (ElkBendPoint bend : section.getBendPoints()) {
            path.append(point('L', x + bend.getX(), y + bend.getY()));
        }
        return path.append(point('L', x + section.getEndX(), y + section.getEndY()))
                .toString();
    }

    private static String point(char command, double x, double y) {
        return String.format(Locale.ROOT, "%c%.1f %.1f", command, x, y);
    }

    private static double x(ElkNode node) {
        return node.getParent() == null ? 0 : node.getX() + x(node.getParent());
    }

    private static double y(ElkNode node) {
        return node.getParent() == null ? 0 : node.getY() + y(node.getParent());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void add(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments));
    }
}
