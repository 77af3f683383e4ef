package dev.assay.report;

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

/** Writes the report of an experiment: one HTML file with everything in it, and beside it tables and figures for texts and papers. */
public final class Report {
    private Report() {}

    /**
     * Writes {@code report.html} into the folder, which is made if need be; an older one is replaced at once or not at all.
     *
     * @return the file
     * @throws dev.assay.error.AssayException if it cannot be written
     */
    public static Path write(ExperimentResults results, Path folder) {
        return ReportFiles.write(folder.resolve("report.html"), html(new Findings(results), false));
    }

    /** The same page as a server would serve it: it follows {@code /events} and reads itself again when told to. */
    public static String live(ExperimentResults results) {
        return html(new Findings(results), true);
    }

    private static String html(Findings findings, boolean isLive) {
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
    public static List<Path> writeTables(ExperimentResults results, Path folder) {
        ReportTables tables = new ReportTables(new Findings(results));
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
    public static List<Path> writeFigures(ExperimentResults results, Path folder) {
        List<Path> files = new ArrayList<>();
        Path to = folder.resolve("figures");
        Figures.of(new Findings(results)).forEach((name, picture) -> {
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
