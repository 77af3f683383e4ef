package dev.assay.launching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crashes.TallyCommands;
import dev.assay.store.StoreAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("L4")
class DryRunTest {
    @TempDir
    Path folder;

    @Test
    void launch_dry_printsTheJobWithoutClusterOrStore() throws Exception {
        StoreAddress nowhere = StoreAddress.parse("jdbc:postgresql://localhost:1/none?user=me&password=planted");
        Files.writeString(folder.resolve("recipe.yaml"), """
                experiment: dry
                wrapper: tally
                base: {data: {}, model: {}, train: {steps: 1}}
                """);

        new TallyCommands(folder, nowhere)
                .run(
                        "launch",
                        "recipe.yaml",
                        "--dry-run",
                        "--backend",
                        "{kind: kubernetes, image: 'registry.example.org/me/fit:1', folder: {claim: work}}");

        assertThat(folder.resolve("log"))
                .content()
                .contains("kind: \"Job\"", "image: \"registry.example.org/me/fit:1\"", "claimName: \"work\"")
                .doesNotContain("planted");
    }
}
