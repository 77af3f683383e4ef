package dev.assay.report;

import dev.assay.store.ExperimentResults;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;

/** Writes the report of an experiment: one HTML file with everything in it. */
public final class Report {
    private Report() {}

    /**
     * Writes {@code report.html} into the folder, which is made if need be; an older one is replaced at once or not at all.
     *
     * @return the file
     * @throws dev.assay.error.AssayException if it cannot be written
     */
    public static Path write(ExperimentResults results, Path folder) {
        TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
        StringOutput html = new StringOutput();
        engine.render("report.jte", new ReportComposer(results).page(), html);
        return ReportFiles.write(folder.resolve("report.html"), html.toString());
    }
}
