package dev.assay.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.jerolba.carpet.CarpetReader;
import dev.assay.query.Field;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.table.FieldTable;
import dev.assay.table.TableFormats;
import dev.assay.table.TrialFields;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Tag("R5")
class ParquetFormatTest {
    private static final Instant BEGAN = Instant.parse("2026-11-20T18:30:00.123Z");

    @TempDir
    Path folder;

    @Test
    void write_thenRead_hasEveryColumnWithItsType() throws Exception {
        List<TrialRecord> trials = List.of(
                trial(
                        "a1",
                        "{'lr': 0.1, 'steps': 100, 'shuffled': true, 'widths': [8, 8], 'limit': 1, 'kind': 'sgd'}",
                        0.5),
                trial("b2", "{'lr': 1, 'steps': 9007199254740993, 'shuffled': false, 'limit': 'ten'}", 1.0),
                trial("c3", "{'lr': 1e-3}", Double.NaN));

        List<Map<String, Object>> rows = written(new FieldTable(TrialFields.allOf(trials), trials));

        assertThat(rows.get(0))
                .containsEntry("hash", "a1")
                .containsEntry("state", "COMPLETED")
                .containsEntry("attempt", 1L)
                .containsEntry("created", BEGAN)
                .containsEntry("seed", 7L)
                .containsEntry("train.lr", 0.1)
                .containsEntry("train.steps", 100L)
                .containsEntry("train.shuffled", true)
                .containsEntry("train.widths", "[8,8]")
                .containsEntry("train.limit", "1")
                .containsEntry("metrics.val.error", 0.5)
                .containsEntry("cause", null);
        assertThat(rows.get(1))
                .containsEntry("train.lr", 1.0)
                .containsEntry("train.steps", 9007199254740993L)
                .containsEntry("train.limit", "ten")
                .containsEntry("train.kind", null)
                .containsEntry("metrics.val.error", 1.0);
        assertThat(rows.get(2)).containsEntry("train.steps", null).containsEntry("metrics.val.error", null);
    }

    @Test
    void write_columnsAskedFor_keepsTheirOrder() throws Exception {
        List<Field<TrialRecord>> all = TrialFields.allOf(List.of(trial("a1", "{}", 1)));

        List<Map<String, Object>> rows = written(new FieldTable(List.of(all.get(2), all.get(0)), List.of()));
        assertThat(rows).isEmpty();

        rows = written(new FieldTable(List.of(all.get(2), all.get(0)), List.of(trial("a1", "{}", 1))));
        assertThat(rows.get(0).keySet()).containsExactly("state", "hash");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> written(FieldTable table) throws Exception {
        Path file = folder.resolve("trials.parquet");
        try (OutputStream out = Files.newOutputStream(file)) {
            TableFormats.named("parquet").write(table, out);
        }
        return (List<Map<String, Object>>) (List<?>) new CarpetReader<>(file.toFile(), Map.class).toList();
    }

    private static TrialRecord trial(String hash, String train, double error) {
        String json = "{'seed': 7, 'train': " + train + "}";
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
        return new TrialRecord(
                hash,
                "toy",
                config,
                Optional.empty(),
                TrialState.COMPLETED,
                1,
                Optional.empty(),
                Optional.empty(),
                1,
                Map.of("val.error", error),
                Optional.empty(),
                BEGAN,
                Optional.of(BEGAN),
                Optional.empty());
    }
}
