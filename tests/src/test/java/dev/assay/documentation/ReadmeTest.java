package dev.assay.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.endtoend.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the front page and the first guide show is what the project has. */
class ReadmeTest {
    private static final Path ROOT = Application.repository();
    private static final Pattern BLOCK = Pattern.compile("```([a-z]*)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)\\)");

    static Stream<String> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            List<String> pages =
                    new ArrayList<>(docs.filter(file -> file.toString().endsWith(".md"))
                            .map(file -> ROOT.relativize(file).toString())
                            .sorted()
                            .toList());
            pages.addAll(List.of("README.md", "CONTRIBUTING.md"));
            return pages.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_leadSomewhere(String page) throws IOException {
        Path file = ROOT.resolve(page);
        Matcher link = LINK.matcher(Files.readString(file));
        while (link.find()) {
            assertThat(file.resolveSibling(link.group(1)))
                    .as("a link of " + page)
                    .exists();
        }
    }

    @Test
    void recipe_isTheQuickstart() throws IOException {
        String recipe = Files.readString(ROOT.resolve("examples-cifar10/recipes/quickstart.yaml"));

        assertThat(blocks("README.md", "yaml"))
                .hasSize(1)
                .allSatisfy(block -> assertThat(recipe).endsWith(block));
    }

    @Test
    void code_standsInTheExample() throws IOException {
        String source = Files.readString(
                ROOT.resolve("examples-cifar10/src/main/java/dev/assay/examples/cifar10/Classifier.java"));

        assertThat(blocks("README.md", "java"))
                .hasSize(1)
                .allSatisfy(block -> assertThat(source).contains(block));
    }

    @Test
    @Tag("K1")
    void commandsOfTheTable_areThere(@TempDir Path folder) throws Exception {
        List<String> commands = Pattern.compile("^\\| `\\./assay ([a-z ]+)", Pattern.MULTILINE)
                .matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(found -> found.group(1).strip())
                .toList();

        assertThat(commands).hasSizeGreaterThan(5);
        for (String command : commands) {
            List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.add("--help");
            var help = new Application(folder).run(words.toArray(String[]::new));
            assertThat(help.code()).as(command).isZero();
            assertThat(help.out()).contains("Usage: assay " + command);
        }
    }

    private static List<String> blocks(String page, String language) throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
