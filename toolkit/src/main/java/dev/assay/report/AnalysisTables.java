package dev.assay.report;

import dev.assay.analysis.Ablation;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.Cell;
import dev.assay.analysis.Difference;
import dev.assay.analysis.FactorEffect;
import dev.assay.analysis.FactorImportance;
import dev.assay.analysis.Interaction;
import dev.assay.analysis.MetricText;
import dev.assay.figure.PictureFiles;
import dev.assay.importance.Importance;
import dev.assay.report.ReportPage.Diagram;
import dev.assay.report.ReportPage.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What an analysis found, as tables. */
final class AnalysisTables {
    private static final double ALPHA = 0.05;
    private static final int MOST_ROWS = 40;
    /** Cells times factors of a forest: a second or two. */
    private static final int MOST_WORK = 4000;

    private final Analysis analysis;
    private final MetricText text;

    AnalysisTables(Analysis analysis) {
        this.analysis = analysis;
        this.text = new MetricText(analysis.declared());
    }

    /** Empty where nothing differs from a baseline in one factor only. */
    Optional<Table> ablation() {
        return analysis.ablation().filter(found -> !found.rows().isEmpty()).map(this::ablation);
    }

    private Table ablation(Ablation ablation) {
        String note = "Cells that differ from " + ablation.baseline().label() + " in one factor only, which has "
                + analysis.metric() + " "
                + text.value(mean(ablation))
                + ": the difference, its 95 % interval, p corrected for their number by Holm’s method, and"
                + " Hedges’ g, the difference in standard deviations between seeds.";
        return new Table(
                note,
                List.of("component", "difference", "95 % interval", "p", "g", "n"),
                ablation.rows().stream()
                        .limit(MOST_ROWS)
                        .map(row -> row(row.component(), row.difference(), row.p()))
                        .toList());
    }

    private double mean(Ablation ablation) {
        return ablation.baseline().values(analysis.metric()).values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    private List<String> row(String name, Difference difference, double p) {
        return List.of(
                name,
                text.difference(difference.estimate().mean()),
                text.differenceInterval(difference.estimate()),
                MetricText.probability(p),
                number(difference.effectSize()),
                Integer.toString(difference.estimate().n()));
    }

    /** Empty where there is no factor. */
    Optional<Table> effects() {
        if (analysis.effects().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Table(
                "The share of the variance between trials that lies between the levels of a factor, and the level that differs most from the mean of the others,"
                        + " over cells that are alike in all other factors where there are such.",
                List.of(
                        "factor",
                        "share of variance",
                        "clearest level",
                        "difference",
                        "95 % interval",
                        "p",
                        "compared over"),
                analysis.effects().stream().limit(MOST_ROWS).map(this::row).toList()));
    }

    private List<String> row(FactorEffect effect) {
        Optional<FactorEffect.LevelEffect> level = effect.levels().stream()
                .filter(each -> each.difference().isPresent())
                .min(Comparator.comparingDouble(each -> Double.isNaN(each.p()) ? 2 : each.p()));
        List<String> row = new ArrayList<>(List.of(
                effect.factor().name(),
                Double.isNaN(effect.share()) ? "–" : percent(effect.share()),
                level.map(FactorEffect.LevelEffect::level).orElse("–")));
        Optional<Difference> difference = level.flatMap(FactorEffect.LevelEffect::difference);
        row.add(difference.map(each -> text.difference(each.estimate().mean())).orElse("–"));
        row.add(difference.map(each -> text.differenceInterval(each.estimate())).orElse("–"));
        row.add(MetricText.probability(effect.p()));
        row.add(
                switch (effect.basis()) {
                    case MATCHED -> "like cells";
                    case BALANCED -> "a balanced design";
                    case NONE -> "nothing: others vary with it";
                });
        return row;
    }

    /** Why there is none, or the importances. */
    Table importance() {
        Analysis some = thinned();
        Optional<String> refusal = FactorImportance.refusal(some);
        if (refusal.isPresent()) {
            return new Table(refusal.get(), List.of(), List.of());
        }
        Importance found = FactorImportance.of(some);
        return new Table(
                "By a random forest over the means of " + found.rows()
                        + (some.cells().size() < analysis.cells().size()
                                ? " cells, evenly taken from "
                                        + analysis.cells().size() + ","
                                : " cells,")
                        + " which explains "
                        + percent(Math.max(0, found.fit()))
                        + " of the variance of cells it has not seen (R², five-fold cross-validation); importances mean little where that is little. Share: of the"
                        + " variance, due to the factor alone (functional ANOVA, interval over the trees). Drop: of R² when its values are permuted, interactions"
                        + " in full (Student’s interval over the folds).",
                List.of("factor", "share", "95 % interval", "drop", "95 % interval"),
                found.factors().stream()
                        .limit(MOST_ROWS)
                        .map(each -> List.of(
                                each.name(),
                                percent(each.share()),
                                percent(each.shareInterval().low()) + " to "
                                        + percent(each.shareInterval().high()),
                                number(each.drop()),
                                number(each.dropInterval().low()) + " to "
                                        + number(each.dropInterval().high())))
                        .toList());
    }

    /** With evenly taken cells only where all would take longer than anybody waits for a report. */
    private Analysis thinned() {
        List<Cell> cells = analysis.cells();
        int every = 1 + (cells.size() * analysis.factors().size() - 1) / MOST_WORK;
        if (every <= 1) {
            return analysis;
        }
        List<Cell> some = IntStream.range(0, cells.size())
                .filter(i -> i % every == 0)
                .mapToObj(cells::get)
                .toList();
        return new Analysis(
                analysis.metric(),
                analysis.declared(),
                some,
                analysis.factors(),
                analysis.answer(),
                analysis.effects(),
                analysis.interactions(),
                analysis.ablation(),
                analysis.ranking(),
                analysis.warnings());
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * part).replace('-', '−');
    }

    /** Those that chance does not explain, in sentences. */
    List<String> interactions() {
        return analysis.interactions().stream()
                .filter(each -> each.p() < ALPHA)
                .map(this::sentence)
                .toList();
    }

    private String sentence(Interaction each) {
        return each.one().name() + "=" + each.oneLevel() + " with "
                + each.other().name() + "=" + each.otherLevel() + " does "
                + text.difference(each.difference().estimate().mean())
                + " beyond the sum of what each does (95 % interval "
                + text.differenceInterval(each.difference().estimate()) + ", p " + MetricText.probability(each.p())
                + ").";
    }

    /** Empty for fewer than three cells, very many, or cells without common seeds. */
    Optional<Table> ranking() {
        return analysis.ranking().map(this::ranking);
    }

    private Table ranking(Analysis.Ranking ranking) {
        double[] ranks = ranking.friedman().meanRanks();
        List<List<Integer>> alike = ranking.friedman().indistinct(ALPHA);
        List<List<String>> rows = IntStream.range(0, ranks.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> ranks[i]))
                .map(i -> List.of(ranking.cells().get(i).label(), number(ranks[i]), groups(alike, i)))
                .toList();
        return new Table(
                "Mean rank over the seeds, 1 being the best (Friedman’s test, p "
                        + MetricText.probability(ranking.friedman().test().p())
                        + "). Ranks less than " + number(ranking.friedman().criticalDifference(ALPHA))
                        + " apart cannot be told from one another (Nemenyi’s critical difference at 5 %): such cells share a letter.",
                List.of("cell", "mean rank", "alike"),
                rows);
    }

    /** The same as a diagram. */
    Optional<Diagram> ranks() {
        return analysis.ranking()
                .map(ranking -> new Diagram(
                        PictureFiles.svg(RankFigure.of(ranking)),
                        "Critical-difference diagram of " + ranking.cells().size()
                                + " cells by their mean ranks. The table below has the numbers.",
                        RankFigure.READING));
    }

    private static String groups(List<List<Integer>> alike, int cell) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < alike.size(); i++) {
            if (alike.get(i).contains(cell)) {
                letters.append((char) ('a' + i % 26));
            }
        }
        return letters.toString();
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "–"
                : String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
    }
}
