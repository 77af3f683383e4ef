package dev.assay.graph.picture;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import dev.assay.graph.Graph;
import dev.assay.graph.ShapedGraph;
import dev.assay.graph.op.Ops;
import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@Tag("G12")
class PictureTest {
    private static final ShapedGraph RESIDUAL = ShapedGraph.of(
            Graph.of(g -> g.input("image", "label")
                    .add("stem", Ops.convSame(4, 3))
                    .group(
                            "block",
                            b -> b.add("conv", Ops.convSame(4, 3))
                                    .add("norm", Ops.batchNorm())
                                    .add("sum", Ops.add(), "norm", "in"))
                    .add("flat", Ops.flatten())
                    .add("scores", Ops.linear(10))
                    .add("loss", Ops.crossEntropy(), "scores", "label")),
            Map.of("image", new Shape(3, 8, 8), "label", new Shape()));

    @Test
    void table_ofGraph_hasShapesParametersAndMultiplyAdds() {
        assertThat(GraphTable.of(RESIDUAL)).isEqualTo("""
                node        op             from              shape          parameters  multiply-adds
                image       input                            N × 3 × 8 × 8
                label       input                            N
                stem        conv           image             N × 4 × 8 × 8         108          6,912
                block.conv  conv           stem              N × 4 × 8 × 8         144          9,216
                block.norm  batch-norm     block.conv        N × 4 × 8 × 8           8              0
                block.sum   add            block.norm, stem  N × 4 × 8 × 8           0              0
                flat        flatten        block.sum         N × 256                 0              0
                scores      linear         flat              N × 10              2,570          2,560
                loss        cross-entropy  scores, label     scalar                  0              0
                total                                                            2,830         18,688
                """);
    }

    @Test
    void dot_ofGraph_hasGroupsAsClusters() {
        assertThat(DotText.of(RESIDUAL)).isEqualTo("""
                digraph model {
                  node [shape=box, fontname="sans-serif"];
                  "image" [shape=ellipse, label="image\\nN × 3 × 8 × 8"];
                  "label" [shape=ellipse, label="label\\nN"];
                  "stem" [label="stem\\nconv\\nN × 4 × 8 × 8"];
                  "flat" [label="flat\\nflatten\\nN × 256"];
                  "scores" [label="scores\\nlinear\\nN × 10"];
                  "loss" [label="loss\\ncross-entropy\\nscalar"];
                  subgraph "cluster_block" {
                    label="block";
                    "block.conv" [label="conv\\nconv\\nN × 4 × 8 × 8"];
                    "block.norm" [label="norm\\nbatch-norm\\nN × 4 × 8 × 8"];
                    "block.sum" [label="sum\\nadd\\nN × 4 × 8 × 8"];
                  }
                  "image" -> "stem";
                  "stem" -> "block.conv";
                  "block.conv" -> "block.norm";
                  "block.norm" -> "block.sum";
                  "stem" -> "block.sum";
                  "block.sum" -> "flat";
                  "flat" -> "scores";
                  "scores" -> "loss";
                  "label" -> "loss";
                }
                """);
    }

    @Test
    void svg_ofGraph_hasABoxForEachNodeAndGroupAndNoTwoOverlap() throws Exception {
        String svg = SvgPicture.of(RESIDUAL);

        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        NodeList boxes = document.getElementsByTagName("rect");
        assertThat(boxes.getLength()).isEqualTo(10);
        assertThat(document.getElementsByTagName("path").getLength())
                .as("arrows and their tip")
                .isEqualTo(9 + 1);
        for (int i = 0; i < boxes.getLength(); i++) {
            for (int j = 0; j < i; j++) {
                Element a = (Element) boxes.item(i);
                Element b = (Element) boxes.item(j);
                boolean isGroup = a.getAttribute("class").equals("group")
                        || b.getAttribute("class").equals("group");
                assertThat(isGroup || !overlap(a, b))
                        .as("boxes %s and %s", i, j)
                        .isTrue();
            }
        }
        assertThat(SvgPicture.of(RESIDUAL)).as("drawn again").isEqualTo(svg);
    }

    private static boolean overlap(Element a, Element b) {
        return number(a, "x") < number(b, "x") + number(b, "width")
                && number(b, "x") < number(a, "x") + number(a, "width")
                && number(a, "y") < number(b, "y") + number(b, "height")
                && number(b, "y") < number(a, "y") + number(a, "height");
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
