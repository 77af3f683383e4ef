package dev.assay.graph.picture;

import dev.assay.graph.Node;
import dev.assay.graph.ShapedGraph;
import java.util.ArrayList;
import java.util.List;

/** A graph as a table of text: a line for each input and node in the order of computation, and the sums. */
public final class GraphTable {
    private static final List<String> HEAD = List.of("node", "op", "from", "shape", "parameters", "multiply-adds");
    /** From this column on there are numbers, which stand at the right. */
    private static final int NUMBERS = 4;

    private GraphTable() {}

    /**
     * The table. Parameters are numbers that are trained; multiply-adds are those of one example in convolutions, linear maps and attention. Nodes
     * whose shapes are not known are left out.
     */
    public static String of(ShapedGraph shaped) {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        shaped.graph().inputs().stream()
                .filter(shaped.shapes()::containsKey)
                .forEach(input -> rows.add(List.of(input, "input", "", Figures.shape(shaped.shape(input)), "", "")));
        long parameters = 0;
        long multiplyAdds = 0;
        for (Node node : shaped.known()) {
            parameters += Figures.parameters(shaped, node);
            multiplyAdds += Figures.multiplyAdds(shaped, node);
            rows.add(row(shaped, node));
        }
        rows.add(List.of("total", "", "", "", Figures.count(parameters), Figures.count(multiplyAdds)));
        return aligned(rows);
    }

    private static List<String> row(ShapedGraph shaped, Node node) {
        return List.of(
                node.name(),
                node.op().kind(),
                String.join(", ", node.inputs()),
                Figures.shape(shaped.shape(node.name())),
                Figures.count(Figures.parameters(shaped, node)),
                Figures.count(Figures.multiplyAdds(shaped, node)));
    }

    private static String aligned(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(each -> each.get(column).length())
                        .max()
                        .orElse(0);
                String space = " ".repeat(width - row.get(i).length());
                line.append(i == 0 ? "" : "  ").append(i < NUMBERS ? row.get(i) + space : space + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
