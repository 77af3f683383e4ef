package dev.assay.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.assay.analysis.Cell;
import dev.assay.analysis.Estimate;
import dev.assay.analysis.MetricText;
import dev.assay.store.TrialRecord;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of a report for texts and papers, and as CSV for other programs. */
final class ReportTables {
    /** A table for people; CSV has all cells. */
    private static final int MOST_ROWS = 50;

    private final Findings findings;

    ReportTables(Findings findings) {
        this.findings = findings;
    }

    /** The answer and the table of cells in GitHub's Markdown. */
    String markdown() {
        StringBuilder text = new StringBuilder("# " + plain(findings.name()) + "\n\n");
        findings.results()
                .description()
                .ifPresent(question -> text.append(plain(question)).append("\n\n"));
        findings.analysis()
                .answer()
                .sentences()
                .forEach(sentence -> text.append(plain(sentence)).append("\n\n"));
        text.append("## Cells\n\n")
                .append(line(headings()))
                .append("| --- | ---: | ---: | ---: | ---: |")
                .append(findings.baseline().isPresent() ? " ---: |\n" : "\n");
        rows().forEach(row -> text.append(line(row)));
        text.append('\n').append(plain(caption())).append('\n');
        AnalysisTables tables = new AnalysisTables(findings.analysis());
        tables.ablation()
                .ifPresent(table ->
                        text.append("\n## What each component is worth\n\n").append(markdown(table)));
        tables.ranking()
                .ifPresent(table -> text.append("\n## Ranks over the seeds\n\n").append(markdown(table)));
        if (!findings.analysis().warnings().isEmpty()) {
            text.append("\n## What weakens it\n\n");
            findings.analysis()
                    .warnings()
                    .forEach(warning ->
                            text.append("- ").append(plain(warning.toString())).append('\n'));
        }
        List<ReportPage.FailureGroup> failures = FailureGroups.of(findings.trials(), findings.labels());
        if (!failures.isEmpty()) {
            text.append("\n## Trials that ended badly\n\n");
            failures.forEach(group ->
                    text.append("- " + group.count() + " " + group.state() + ": " + plain(group.title()) + "\n"));
        }
        return text.toString();
    }

    private static String markdown(ReportPage.Table table) {
        return plain(table.note()) + "\n\n" + line(table.headings()) + "| --- |"
                + " ---: |".repeat(table.headings().size() - 1) + "\n"
                + table.rows().stream().map(ReportTables::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(ReportTables::plain).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String plain(String text) {
        return text.replaceAll("[\\\\`*_|<>\\[\\]#]", "\\\\$0").replace("\n", " ");
    }

    /** The table of cells for LaTeX with {@code \\usepackage{booktabs}}, to be read by {@code \\input}. */
    String latex() {
        return latex(caption(), headings(), rows());
    }

    /** The same of the ablation table; empty where there is none. */
    Optional<String> ablationLatex() {
        return new AnalysisTables(findings.analysis())
                .ablation()
                .map(table -> latex(table.note(), table.headings(), table.rows()));
    }

    private static String latex(String caption, List<String> headings, List<List<String>> rows) {
        StringBuilder text = new StringBuilder(
                "% Needs \\usepackage[T1]{fontenc} and \\usepackage{booktabs}. " + escaped(caption) + "\n");
        text.append("\\begin{tabular}{l")
                .append("r".repeat(headings.size() - 1))
                .append("}\n\\toprule\n");
        text.append(row(headings)).append("\\midrule\n");
        rows.forEach(row -> text.append(row(row)));
        return text.append("\\bottomrule\n\\end{tabular}\n").toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().map(ReportTables::escaped).collect(Collectors.joining(" & ", "", " \\\\\n"));
    }

    /** Text as LaTeX sets it; letters it may not have become question marks. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(c -> out.append(
                        switch (c) {
                            case '&', '%', '$', '#', '_', '{', '}' -> "\\" + (char) c;
                            case '\\' -> "\\textbackslash{}";
                            case '~' -> "\\textasciitilde{}";
                            case '^' -> "\\textasciicircum{}";
                            case '<' -> "\\textless{}";
                            case '>' -> "\\textgreater{}";
                            case '"' -> "\\textquotedbl{}";
                            case '−' -> "$-$";
                            case '–' -> "--";
                            case '’' -> "'";
                            case '\n' -> " ";
                            default -> c < 0x100 ? Character.toString(c) : "?";
                        }));
        return out.toString();
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("cell", "mean", "95 % interval", "std. dev.", "n"));
        if (findings.baseline().isPresent()) {
            headings.add("against baseline");
        }
        return headings;
    }

    private List<List<String>> rows() {
        return findings.ordered().stream().limit(MOST_ROWS).map(this::row).toList();
    }

    private List<String> row(Cell cell) {
        Estimate estimate = findings.estimate(cell, findings.metric());
        MetricText text = findings.text(findings.metric());
        List<String> row = new ArrayList<>(List.of(
                cell.label(),
                text.value(estimate.mean()),
                text.interval(estimate),
                text.value(estimate.deviation()),
                Integer.toString(estimate.n())));
        if (findings.baseline().isPresent()) {
            row.add(findings.differenceText(cell));
        }
        return row;
    }

    private String caption() {
        int more = findings.cells().size() - MOST_ROWS;
        return findings.metric() + (findings.isLowerBetter() ? ", lower is better" : ", higher is better")
                + ": mean over seeds with its 95 % interval by Student's t."
                + (more > 0
                        ? " The best " + MOST_ROWS + " of " + findings.cells().size() + " cells."
                        : "");
    }

    /** Every cell with its factors and, for each metric, n, mean, standard deviation and interval in full digits. */
    String cellsCsv() {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(text);
        List<String> head = new ArrayList<>(List.of("cell"));
        findings.factors().forEach(factor -> head.add(factor.path()));
        findings.metricNames()
                .forEach(
                        name -> List.of("n", "mean", "sd", "low", "high").forEach(part -> head.add(name + "." + part)));
        csv.writeRecord(head);
        for (Cell cell : findings.ordered()) {
            List<String> row = new ArrayList<>(List.of(cell.label()));
            int index = findings.index(cell);
            findings.factors().forEach(factor -> row.add(level(factor, index)));
            for (String name : findings.metricNames()) {
                Estimate estimate = findings.estimate(cell, name);
                row.add(Integer.toString(estimate.n()));
                row.addAll(List.of(
                        number(estimate.mean()),
                        number(estimate.deviation()),
                        number(estimate.low()),
                        number(estimate.high())));
            }
            csv.writeRecord(row);
        }
        return text.toString();
    }

    /** Every trial with its factors, seed, state and final metrics in full digits. */
    String trialsCsv() {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(text);
        List<String> head = new ArrayList<>(List.of("trial", "seed", "state"));
        findings.factors().forEach(factor -> head.add(factor.path()));
        head.addAll(findings.metricNames());
        csv.writeRecord(head);
        for (TrialRecord trial : findings.trials()) {
            int index = findings.cellOfTrial().getOrDefault(trial.hash(), 0);
            List<String> row = new ArrayList<>(List.of(
                    trial.hash(),
                    Long.toString(trial.seed()),
                    trial.state().name().toLowerCase(Locale.ROOT)));
            findings.factors().forEach(factor -> row.add(level(factor, index)));
            findings.metricNames()
                    .forEach(name -> row.add(number(trial.metrics().getOrDefault(name, Double.NaN))));
            csv.writeRecord(row);
        }
        return text.toString();
    }

    private static String level(Column factor, int cell) {
        int level = factor.ofCell().get(cell);
        return level < 0 ? "" : factor.text(level);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
