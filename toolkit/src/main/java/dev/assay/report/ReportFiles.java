package dev.assay.report;

import dev.assay.error.AssayException;
import dev.assay.store.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What reports are made of, and where they go. */
final class ReportFiles {
    static final String CHARTS = "echarts-6.1.0.min.js";

    private ReportFiles() {}

    /** A file that comes with the reports. */
    static String resource(String name) {
        try (InputStream in = ReportFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from this build.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What makes the report's tables and charts, in this order. */
    static List<String> scripts() {
        return Stream.of(CHARTS, "report-base.js", "report-tables.js", "report-charts.js", "report.js")
                .map(ReportFiles::resource)
                .toList();
    }

    /**
     * Writes a file, whose folder is made if need be; an older one is replaced at once or not at all.
     *
     * @throws AssayException if it cannot be written
     */
    static Path write(Path file, byte[] content) {
        try {
            AtomicFile.write(file, content);
            return file;
        } catch (IOException e) {
            throw new AssayException("The report (" + file + ") cannot be written: " + e.getMessage(), e);
        }
    }

    static Path write(Path file, String content) {
        return write(file, content.getBytes(StandardCharsets.UTF_8));
    }
}
