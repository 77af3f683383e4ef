package dev.assay.parquet;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import dev.assay.store.TrialRecord;
import dev.assay.table.FieldTable;
import dev.assay.table.TableFormat;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Parquet, each column of the type that its values have: 64-bit integers where all are whole and were written so, else doubles; booleans;
 * times in milliseconds UTC; else text. A value that is not there is null. Not compressed, which takes native libraries.
 */
public final class ParquetFormat implements TableFormat {

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public void write(FieldTable table, OutputStream out) throws IOException {
        WriteRecordModelType<TrialRecord> model = FieldTypes.writeRecordModel(TrialRecord.class);
        table.fields().forEach(field -> {
            Column column = Column.of(field, table.trials());
            model.withField(field.name(), column.type(), column::value);
        });
        try (CarpetWriter<TrialRecord> writer = new CarpetWriter.Builder<>(out, TrialRecord.class)
                .withWriteRecordModel(model)
                // Without the configuration files of a cluster.
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .build()) {
            writer.write(table.trials());
        }
    }
}
