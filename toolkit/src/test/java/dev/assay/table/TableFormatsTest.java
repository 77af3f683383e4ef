package dev.assay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R5")
class TableFormatsTest {
    @Test
    void named_csvAndJson_areAlwaysThere() throws Exception {
        FieldTable empty = new FieldTable(List.of(), List.of());

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String name : List.of("csv", "json")) {
            TableFormats.named(name).write(empty, out);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\r\n[ ]\n");
    }

    @Test
    void named_formatOfAModuleThatIsMissing_saysWhatToAdd() {
        assertThatThrownBy(() -> TableFormats.named("parquet"))
                .isInstanceOf(AssayException.class)
                .hasMessage("The format (parquet) must be one of csv, json, torn.\n"
                        + "Maybe the module dev.assay:parquet is to be added to the application's dependencies.");
    }

    @Test
    void named_unknownFormat_namesThoseThereAre() {
        assertThatThrownBy(() -> TableFormats.named("xlsx"))
                .isInstanceOf(AssayException.class)
                .hasMessage("The format (xlsx) must be one of csv, json, torn.");
    }
}
