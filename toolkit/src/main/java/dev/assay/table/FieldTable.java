package dev.assay.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.assay.query.Field;
import dev.assay.query.Value;
import dev.assay.store.TrialRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trials by fields. Immutable.
 *
 * @param fields the columns
 * @param trials the rows
 */
public record FieldTable(List<Field<TrialRecord>> fields, List<TrialRecord> trials) {
    public FieldTable {
        fields = List.copyOf(fields);
        trials = List.copyOf(trials);
    }

    /** As people read it; a value that is not there is a dash. */
    public List<List<String>> text() {
        return trials.stream().map(trial -> row(trial, "–")).toList();
    }

    /** As RFC 4180 has it, a header first; a value that is not there is empty. */
    public String csv() {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().build(text)) {
            writer.writeRecord(fields.stream().map(Field::name).toList());
            trials.forEach(trial -> writer.writeRecord(row(trial, "")));
        } catch (IOException e) {
            throw new UncheckedIOException("Text in memory can always be written.", e);
        }
        return text.toString();
    }

    /** A list of objects with the columns' names as keys; a value that is not there is null. */
    public ArrayNode json() {
        ArrayNode rows = JsonMapper.shared().createArrayNode();
        for (TrialRecord trial : trials) {
            ObjectNode row = rows.addObject();
            for (Field<TrialRecord> field : fields) {
                field.value()
                        .apply(trial)
                        .ifPresentOrElse(value -> row.set(field.name(), value.json()), () -> row.putNull(field.name()));
            }
        }
        return rows;
    }

    private List<String> row(TrialRecord trial, String absent) {
        return fields.stream()
                .map(field -> field.value().apply(trial).map(Value::text).orElse(absent))
                .toList();
    }
}
