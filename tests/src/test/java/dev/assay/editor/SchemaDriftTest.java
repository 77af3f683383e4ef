package dev.assay.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("C18")
class SchemaDriftTest {
    private static final Path SCHEMA = Application.ROOT.resolve("schemas/cifar10.schema.json");

    @TempDir
    Path folder;

    @Test
    void checkedInSchema_isThatOfTheApplication() throws Exception {
        Path written = folder.resolve("now.json");

        assertThat(Application.run(folder, "config", "schema", "--to", written.toString()))
                .isEqualTo(new Application.Result(0, ""));
        assertThat(Files.readString(SCHEMA))
                .as("A config type has changed and schemas/cifar10.schema.json has not. Update it with"
                        + "\n  ./assay config schema --to schemas/cifar10.schema.json\nand commit it.")
                .isEqualTo(Files.readString(written));
    }

    @Test
    void everyRecipe_namesTheSchemaInItsFirstLine() throws Exception {
        try (Stream<Path> files = Files.list(Application.ROOT.resolve("examples-cifar10/recipes"))) {
            List<Path> recipes =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();

            assertThat(recipes).isNotEmpty();
            for (Path recipe : recipes) {
                String line = Files.readAllLines(recipe).get(0);
                assertThat(line).as(recipe.toString()).startsWith("# yaml-language-server: $schema=");
                assertThat(recipe.resolveSibling(line.substring(line.indexOf('=') + 1))
                                .normalize())
                        .isEqualTo(SCHEMA);
            }
        }
    }
}
