package dev.assay.report;

import dev.assay.analysis.Analysis;
import dev.assay.figure.Pdf;
import dev.assay.figure.PictureFiles;
import dev.assay.store.ExperimentResults;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * The report of an experiment: one HTML file with everything in it, and beside it tables and figures for texts and papers. What it says is found once,
 * when it is made. Not thread-safe.
 */
public final class Report {
    private final Findings findings;

    private Report(Findings findings) {
        this.findings = findings;
    }

    /** The report of those results. */
    public static Report of(ExperimentResults results) {
        return new Report(new Findings(results));
    }

    /** What it is made from. */
    public Analysis analysis() {
        return findings.analysis();
    }

    /**
     * Writes {@code report.html} into the folder, which is made if need be; an older one is replaced at once or not at all.
     *
     * @return the file
     * @throws dev.assay.error.AssayException if it cannot be written
     */
    public Path write(Path folder) {
        return ReportFiles.write(folder.resolve("report.html"), html(false));
    }

    /** The same page as a server would serve it: it follows {@code /events} and reads itself again when told to. */
    public String live() {
        return html(true);
    }

    private String html(boolean isLive) {
        TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
        StringOutput html = new StringOutput();
        engine.render("report.jte", new ReportComposer(findings, isLive).page(), html);
        return html.toString();
    }

    /**
     * Writes the tables: {@code report.md}, {@code cells.tex}, {@code ablation.tex} where there is one, {@code cells.csv} and {@code trials.csv}.
     *
     * @return the files
     * @throws dev.assay.error.AssayException if one cannot be written
     */
    public List<Path> writeTables(Path folder) {
        ReportTables tables = new ReportTables(findings);
        List<Path> files = new ArrayList<>();
        files.add(ReportFiles.write(folder.resolve("report.md"), tables.markdown()));
        files.add(ReportFiles.write(folder.resolve("cells.tex"), tables.latex()));
        tables.ablationLatex().ifPresent(text -> files.add(ReportFiles.write(folder.resolve("ablation.tex"), text)));
        files.add(ReportFiles.write(folder.resolve("cells.csv"), tables.cellsCsv()));
        files.add(ReportFiles.write(folder.resolve("trials.csv"), tables.trialsCsv()));
        return files;
    }

    /**
     * Writes each figure as SVG, PDF and PNG into {@code figures}. The PNGs are left out, with a warning, where the Java runtime has no fonts.
     *
     * @return the files
     * @throws dev.assay.error.AssayException if one cannot be written
     */
    public List<Path> writeFigures(Path folder) {
        List<Path> files = new ArrayList<>();
        Path to = folder.resolve("figures");
        Figures.of(findings).forEach((name, picture) -> {
            files.add(ReportFiles.write(to.resolve(name + ".svg"), PictureFiles.svg(picture)));
            files.add(ReportFiles.write(to.resolve(name + ".pdf"), Pdf.of(picture)));
            try {
                files.add(ReportFiles.write(to.resolve(name + ".png"), PictureFiles.png(picture)));
            } catch (NullPointerException | InternalError e) {
                // What Java throws where it finds no font.
                LoggerFactory.getLogger(Report.class)
                        .warn(
                                "No PNG of {} was written, since this Java runtime finds no fonts: {}",
                                name,
                                e.toString());
            }
        });
        return files;
    }
}
