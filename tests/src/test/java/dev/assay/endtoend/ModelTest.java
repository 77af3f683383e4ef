package dev.assay.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.endtoend.Application.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The network of a recipe, as a command shows it. */
@Tag("G12")
class ModelTest {
    private static final List<String> NODES = List.of(
            "image", "label", "conv1", "pool1", "bn1", "relu1", "conv2", "pool2", "bn2", "relu2", "conv3", "bn3",
            "relu3", "pool3", "flat", "logits", "loss");

    @TempDir
    Path folder;

    @Test
    void model_ofTheQuickstart_isATableWithItsTotals() throws Exception {
        Ended shown = new Application(folder).run("model", Application.recipe("quickstart.yaml"));

        assertThat(shown.code()).as(shown.err()).isZero();
        List<String> lines = shown.out().lines().toList();
        assertThat(lines.subList(1, lines.size() - 1))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactlyElementsOf(NODES);
        // Convolutions 3·16·9, 16·32·9 and 32·64·9, two numbers a channel for norms, and 64·10 + 10.
        int parameters = 432 + 4_608 + 18_432 + 2 * (16 + 32 + 64) + 650;
        // The same at 32×32, 16×16 and 8×8 places.
        int multiplyAdds = 432 * 1024 + 4_608 * 256 + 18_432 * 64 + 640;
        assertThat(lines.get(lines.size() - 1).strip().split(" +"))
                .containsExactly("total", grouped(parameters), grouped(multiplyAdds));
    }

    @Test
    void model_toSvg_isXmlWithATextForEachNode() throws Exception {
        Ended drawn =
                new Application(folder).run("model", Application.recipe("quickstart.yaml"), "--to", "network.svg");

        assertThat(drawn.code()).as(drawn.err()).isZero();
        Document picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("network.svg").toFile());
        assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(texts(picture)).containsAll(NODES);
    }

    @Test
    void model_toDot_isForGraphviz() throws Exception {
        Ended drawn =
                new Application(folder).run("model", Application.recipe("quickstart.yaml"), "--to", "network.dot");

        assertThat(drawn.code()).as(drawn.err()).isZero();
        assertThat(Files.readString(folder.resolve("network.dot")))
                .startsWith("digraph")
                .contains("conv1");
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static List<String> texts(Document picture) {
        List<String> texts = new ArrayList<>();
        NodeList elements = picture.getElementsByTagName("text");
        for (int i = 0; i < elements.getLength(); i++) {
            texts.add(elements.item(i).getTextContent());
        }
        return texts;
    }
}
