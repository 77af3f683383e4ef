package dev.assay.report;

import dev.assay.error.AssayException;
import dev.assay.store.ExperimentResults;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the report of an experiment: one HTML file with everything in it. */
public final class Report {
    private Report() {}

    /**
     * Writes {@code report.html} into the folder, which is made if need be; an older one is replaced at once or not at all.
     *
     * @return the file
     * @throws AssayException if it cannot be written
     */
    public static Path write(ExperimentResults results, Path folder) {
        TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
        StringOutput html = new StringOutput();
        engine.render("report.jte", new ReportComposer(results).page(), html);
        Path file = folder.resolve("report.html");
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "report", ".tmp");
            Files.writeString(fresh, html.toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new AssayException("The report (" + file + ") cannot be written: " + e.getMessage(), e);
        }
    }
}
