package dev.assay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R5")
class TableFormatsTest {
    @TempDir
    Path folder;

    @Test
    void named_csvAndJson_areAlwaysThere() throws Exception {
        FieldTable empty = new FieldTable(List.of(), List.of());

        for (String name : List.of("csv", "json")) {
            Path file = folder.resolve("trials." + name);
            TableFormats.named(name).write(empty, file);
            assertThat(file).exists();
        }
        assertThat(folder.resolve("trials.json")).content().startsWith("[").endsWith("]\n");
    }

    @Test
    void named_formatOfAModuleThatIsMissing_saysWhatToAdd() {
        assertThatThrownBy(() -> TableFormats.named("parquet"))
                .isInstanceOf(AssayException.class)
                .hasMessage("The format (parquet) must be one of csv, json.\n"
                        + "Maybe the module dev.assay:parquet is to be added to the application's dependencies.");
    }

    @Test
    void named_unknownFormat_namesThoseThereAre() {
        assertThatThrownBy(() -> TableFormats.named("xlsx"))
                .isInstanceOf(AssayException.class)
                .hasMessage("The format (xlsx) must be one of csv, json.");
    }
}
