package dev.assay.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.endtoend.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first guide, done as it says. */
class FirstExperimentTest {
    private static final Pattern BLOCK = Pattern.compile("```([a-z]*)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void code_standsInTheExample() throws IOException {
        String all;
        try (Stream<Path> files = Files.walk(Application.repository().resolve("examples-cifar10/src/main/java"))) {
            all = files.filter(Files::isRegularFile)
                    .map(FirstExperimentTest::read)
                    .collect(Collectors.joining("\n"));
        }

        assertThat(blocks("java"))
                .hasSize(4)
                .allSatisfy(block -> assertThat(all).contains(block));
    }

    @Test
    @Tag("K2")
    @Tag("T6")
    @Tag("R6")
    void commands_doWhatTheGuideSays() throws Exception {
        Files.writeString(folder.resolve("rho.yaml"), blocks("yaml").get(0));
        List<String> commands = blocks("sh").get(0).lines().toList();
        Application application = new Application(folder);

        assertThat(commands)
                .containsExactly("./assay plan rho.yaml", "./assay run rho.yaml", "./assay list --experiment rho");
        assertThat(application.run("plan", "rho.yaml").out()).contains("4 trials: 4 to train");
        assertThat(application.run("run", "rho.yaml").code()).isZero();
        assertThat(application.run("list", "--experiment", "rho").out().lines()).hasSize(5);
        assertThat(folder.resolve(".assay/reports/rho/report.html")).isNotEmptyFile();
        Files.writeString(folder.resolve("rho.yaml"), blocks("yaml").get(0).replace("[0.02, 0.2]", "[0.02, 0.2, 0.5]"));
        assertThat(application.run("plan", "rho.yaml").out()).contains("6 trials: 2 to train, 4 done already.");
    }

    private static List<String> blocks(String language) {
        return BLOCK.matcher(read(Application.repository().resolve("docs/first-experiment.md")))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
