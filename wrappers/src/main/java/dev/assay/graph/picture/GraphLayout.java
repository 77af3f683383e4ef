package dev.assay.graph.picture;

import dev.assay.graph.Node;
import dev.assay.graph.ShapedGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Where the boxes of a picture lie: the layers of Sugiyama, Tagawa and Toda 1981, by Eclipse's Layout Kernel, from the top to the bottom. */
final class GraphLayout {
    private static final double LETTER = 7.3;
    private static final double LINE = 16;
    private static final double MARGIN = 12;

    private final ElkNode root;
    private final Map<ElkNode, Box> boxes = new LinkedHashMap<>();
    private final Map<String, ElkNode> byName = new LinkedHashMap<>();

    /** What a box shows: lines of text, or the name of a group, around others. */
    record Box(Kind kind, List<String> lines) {}

    /** Sorts of boxes. */
    enum Kind {
        INPUT,
        NODE,
        OUTPUT,
        GROUP
    }

    private GraphLayout() {
        root = ElkGraphUtil.createGraph();
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        root.setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    }

    static GraphLayout of(ShapedGraph shaped) {
        GraphLayout layout = new GraphLayout();
        shaped.graph().inputs().stream()
                .filter(shaped.shapes()::containsKey)
                .forEach(input -> layout.box(
                        layout.root, input, new Box(Kind.INPUT, List.of(input, Figures.shape(shaped.shape(input))))));
        layout.enter(layout.root, shaped, Outline.of(shaped.graph()));
        for (Node node : shaped.known()) {
            node.inputs().stream().distinct().forEach(input -> layout.connect(input, node.name()));
        }
        new RecursiveGraphLayoutEngine().layout(layout.root, new BasicProgressMonitor());
        return layout;
    }

    /** The whole, with places and sizes in pixels, each relative to what it lies in. */
    ElkNode root() {
        return root;
    }

    /** What the boxes show; those around others come before them. */
    Map<ElkNode, Box> boxes() {
        return boxes;
    }

    private void enter(ElkNode around, ShapedGraph shaped, Outline group) {
        for (Node node : group.nodes()) {
            if (shaped.shapes().containsKey(node.name())) {
                boolean isOutput = Stream.concat(shaped.graph().outputs().stream(), shaped.graph().loss().stream())
                        .anyMatch(node.name()::equals);
                box(around, node.name(), new Box(isOutput ? Kind.OUTPUT : Kind.NODE, lines(shaped, node)));
            }
        }
        for (Outline inner : group.groups()) {
            ElkNode outer = ElkGraphUtil.createNode(around);
            outer.setProperty(CoreOptions.PADDING, new ElkPadding(LINE + MARGIN, MARGIN, MARGIN, MARGIN));
            boxes.put(outer, new Box(Kind.GROUP, List.of(inner.name())));
            enter(outer, shaped, inner);
        }
    }

    private static List<String> lines(ShapedGraph shaped, Node node) {
        long parameters = Figures.parameters(shaped, node);
        String op = node.op().kind() + (parameters == 0 ? "" : ", " + Figures.count(parameters));
        return List.of(Outline.nameOf(node), op, Figures.shape(shaped.shape(node.name())));
    }

    private void box(ElkNode around, String name, Box box) {
        ElkNode node = ElkGraphUtil.createNode(around);
        int longest = box.lines().stream().mapToInt(String::length).max().orElse(0);
        node.setDimensions(longest * LETTER + 2 * MARGIN, box.lines().size() * LINE + MARGIN);
        boxes.put(node, box);
        byName.put(name, node);
    }

    private void connect(String from, String to) {
        ElkGraphUtil.createSimpleEdge(Objects.requireNonNull(byName.get(from)), Objects.requireNonNull(byName.get(to)));
    }
}
