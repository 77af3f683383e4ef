package dev.assay.report;

import dev.assay.analysis.Cell;
import dev.assay.analysis.FixedValues;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns findings into the texts and data of the page. */
final class ReportComposer {
    private final Findings findings;
    private final boolean isLive;

    /** @param isLive whether the page is served and follows its server, from which alone it may load */
    ReportComposer(Findings findings, boolean isLive) {
        this.findings = findings;
        this.isLive = isLive;
    }

    ReportPage page() {
        Networks networks = Networks.of(findings.cells(), findings.results().networks());
        String style = ReportFiles.resource("report.css");
        List<String> scripts = new ArrayList<>(ReportFiles.scripts());
        if (isLive) {
            scripts.add(ReportFiles.resource("report-live.js"));
        }
        AnalysisTables tables = new AnalysisTables(findings.analysis());
        return new ReportPage(
                findings.name(),
                findings.results().description(),
                findings.metric(),
                findings.isLowerBetter() ? "lower is better" : "higher is better",
                summary(),
                findings.analysis().answer().sentences(),
                findings.analysis().warnings(),
                tables.ablation(),
                tables.effects(),
                findings.factors().isEmpty() ? Optional.empty() : Optional.of(tables.importance()),
                tables.interactions(),
                tables.ranking(),
                tables.ranks(),
                findings.baseline().map(Cell::label),
                FailureGroups.of(findings.trials(), findings.labels()),
                networks.shown(),
                networks.leftOut(),
                Origins.of(findings.results()),
                FixedValues.of(findings.trials()),
                new ReportData(findings).json(),
                style,
                scripts,
                ContentPolicy.of(scripts, List.of(style)) + (isLive ? "; connect-src 'self'" : ""),
                isLive);
    }

    private String summary() {
        Map<TrialState, Integer> states = new EnumMap<>(TrialState.class);
        findings.trials().stream().map(TrialRecord::state).forEach(state -> states.merge(state, 1, Integer::sum));
        String counts = states.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return findings.trials().size() + " trials in " + findings.cells().size()
                + (findings.cells().size() == 1 ? " cell: " : " cells: ") + counts;
    }
}
