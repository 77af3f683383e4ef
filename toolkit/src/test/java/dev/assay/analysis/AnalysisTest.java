package dev.assay.analysis;

import static dev.assay.analysis.SampleTrials.completed;
import static dev.assay.analysis.SampleTrials.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.FactorEffect.Basis;
import dev.assay.metric.Metric;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.store.ExperimentResults;
import dev.assay.store.MetricSeries;
import dev.assay.store.TrialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AnalysisTest {
    private static final Metric ACCURACY = Metric.maximize("accuracy").withUnit("fraction");
    /** Differences between seeds that are not the same for all cells. */
    private static final double[] WOBBLE = {0.001, -0.002, 0.0015, 0.0005, -0.001};

    @Test
    @Tag("A6")
    void factors_ofSweep_areWhatVariesAndNothingImplied() {
        Analysis found = analysis(
                "val.accuracy",
                completed(
                        "{\"o\": {\"kind\": \"sgd\", \"lr\": 0.1, \"momentum\": 0.9}, \"n\": 1, \"m\": 10, \"k\": 7}",
                        1,
                        0),
                completed(
                        "{\"o\": {\"kind\": \"sgd\", \"lr\": 0.2, \"momentum\": 0.9}, \"n\": 2, \"m\": 20, \"k\": 7}",
                        1,
                        0),
                completed("{\"o\": {\"kind\": \"adamw\", \"lr\": 0.2}, \"n\": 10, \"m\": 100, \"k\": 7}", 1, 0));

        // The momentum comes with the kind; m varies as n does; k does not vary.
        assertThat(found.factors())
                .containsExactly(
                        new Factor("o.kind", "o", List.of("sgd", "adamw"), List.of()),
                        new Factor("o.lr", "lr", List.of("0.1", "0.2"), List.of()),
                        new Factor("n", "n", List.of("1", "2", "10"), List.of("m")));
    }

    @Test
    @Tag("A6")
    void factors_ofRandomNumbers_areNotOneBecauseEachCellHasItsOwn() {
        Analysis found = analysis(
                "val.accuracy",
                completed("{\"lr\": 0.1, \"decay\": 0.7, \"twice\": 0.2}", 1, 0.1),
                completed("{\"lr\": 0.3, \"decay\": 0.2, \"twice\": 0.6}", 1, 0.3),
                completed("{\"lr\": 0.2, \"decay\": 0.9, \"twice\": 0.4}", 1, 0.2),
                completed("{\"lr\": 0.7, \"decay\": 0.4, \"twice\": 1.4}", 1, 0.6));

        assertThat(found.factors()).extracting(Factor::path).containsExactly("lr", "decay");
        assertThat(found.factors().get(0).aliases()).containsExactly("twice");
        FactorEffect strongest = found.effects().get(0);
        assertThat(strongest.basis()).isEqualTo(Basis.NONE);
        assertThat(strongest.levels()).allMatch(level -> level.difference().isEmpty());
        FactorEffect ofRate = found.effects().stream()
                .filter(effect -> effect.factor().path().equals("lr"))
                .findFirst()
                .orElseThrow();
        assertThat(ofRate.regression().orElseThrow().line().slope()).isCloseTo(0.8193, within(0.0001));
    }

    @Test
    @Tag("A6")
    void effects_ofFullFactorial_areThoseThatWerePlanted() {
        Analysis found = analysis("val.accuracy", factorial(0.02, 0.05, 0.004).toArray(TrialRecord[]::new));

        FactorEffect strongest = found.effects().get(0);
        assertThat(strongest.factor().name()).isEqualTo("b");
        assertThat(strongest.basis()).isEqualTo(Basis.MATCHED);
        FactorEffect.LevelEffect on = strongest.levels().get(1);
        assertThat(on.level()).isEqualTo("1");
        assertThat(on.difference().orElseThrow().paired()).isTrue();
        assertThat(on.difference().orElseThrow().estimate().mean()).isCloseTo(0.05 + 0.002, within(0.0015));
        assertThat(strongest.p()).isLessThan(1e-4);
        // Seeds make a fifth of the variance, a and the rest another eighth.
        assertThat(strongest.share()).isCloseTo(0.677, within(0.001));
        Interaction interaction = found.interactions().get(0);
        assertThat(interaction.one().name() + interaction.other().name()).isEqualTo("ab");
        // A quarter of what the two do together beyond their sum.
        assertThat(interaction.difference().estimate().mean()).isCloseTo(0.001, within(0.0008));
    }

    @Test
    @Tag("A5")
    @Tag("P12")
    void effects_ofFraction_areDifferencesOfAveragesWithAWarning() {
        List<TrialRecord> half = factorial(0.02, 0.05, 0).stream()
                .filter(trial -> (trial.config().get("a").asInt()
                                        + trial.config().get("b").asInt()
                                        + trial.config().get("c").asInt())
                                % 2
                        == 0)
                .toList();

        Analysis found = analysis("val.accuracy", half.toArray(TrialRecord[]::new));

        FactorEffect strongest = found.effects().get(0);
        assertThat(strongest.basis()).isEqualTo(Basis.BALANCED);
        assertThat(strongest
                        .levels()
                        .get(1)
                        .difference()
                        .orElseThrow()
                        .estimate()
                        .mean())
                .isCloseTo(0.05, within(0.0015));
        assertThat(kinds(found)).contains(Warning.Kind.CONFOUNDED);
    }

    @Test
    @Tag("A7")
    void ablation_leaveOneOut_findsItsBaselineAndCorrects() {
        List<TrialRecord> trials = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            double noise = 0.01 * seed;
            trials.add(completed("{\"a\": true, \"b\": true}", seed, 0.8 + noise));
            trials.add(completed("{\"a\": false, \"b\": true}", seed, 0.75 + noise + WOBBLE[seed - 1]));
            trials.add(completed("{\"a\": true, \"b\": false}", seed, 0.8 + noise - WOBBLE[seed - 1]));
        }

        Ablation found = analysis("val.accuracy", trials.toArray(TrialRecord[]::new))
                .ablation()
                .orElseThrow();

        assertThat(found.baseline().label()).isEqualTo("a=true b=true");
        assertThat(found.rows()).extracting(Ablation.Row::component).containsExactly("a=false", "b=false");
        Ablation.Row first = found.rows().get(0);
        assertThat(first.difference().estimate().mean()).isCloseTo(-0.05, within(1e-9));
        assertThat(first.difference().estimate().n()).isEqualTo(5);
        assertThat(first.p()).isCloseTo(2 * first.difference().p(), within(1e-15));
        assertThat(first.difference().effectSize()).isLessThan(-2);
        assertThat(found.rows().get(1).p()).isCloseTo(1, within(1e-9));
    }

    @Test
    @Tag("A3")
    void front_overTwoMetrics_leavesOutWhatIsDominated() {
        Metric loss = Metric.minimize("size");
        List<Cell> cells = Cells.of(List.of(
                with("{\"a\": 1}", Map.of("val.accuracy", 0.9, "size", 10.0)),
                with("{\"a\": 2}", Map.of("val.accuracy", 0.8, "size", 5.0)),
                with("{\"a\": 3}", Map.of("val.accuracy", 0.7, "size", 7.0)),
                with("{\"a\": 4}", Map.of("val.accuracy", 0.95))));

        ParetoFront found = ParetoFront.of(cells, Map.of("val.accuracy", ACCURACY, "size", loss));

        assertThat(found.front()).extracting(Cell::label).containsExactly("a=1", "a=2");
        assertThat(found.points()).hasSize(3);
        assertThat(found.points().get(2).dominatedBy()).contains(cells.get(1));
        assertThat(found.points().get(2).isClear()).isFalse();
    }

    @Test
    @Tag("A3")
    void front_ofManyCells_isWhatComparingAllPairsFinds() {
        RandomStream random = new Seed(11).stream("front");
        List<TrialRecord> trials = IntStream.range(0, 300)
                .mapToObj(i -> with(
                        "{\"a\": " + i + "}",
                        // Few values, so that many are equal.
                        Map.of("val.accuracy", random.nextInt(20) / 20.0, "size", (double) random.nextInt(20))))
                .toList();
        List<Cell> cells = Cells.of(trials);

        ParetoFront found = ParetoFront.of(cells, Map.of("val.accuracy", ACCURACY, "size", Metric.minimize("size")));

        assertThat(found.front())
                .containsExactlyElementsOf(cells.stream()
                        .filter(cell -> cells.stream().noneMatch(other -> dominates(other, cell)))
                        .toList());
        assertThat(found.points())
                .allSatisfy(point -> assertThat(
                                point.dominatedBy().stream().allMatch(other -> dominates(other, point.cell())))
                        .isTrue());
    }

    private static boolean dominates(Cell one, Cell other) {
        double accuracy = value(one, "val.accuracy") - value(other, "val.accuracy");
        double size = value(other, "size") - value(one, "size");
        return accuracy >= 0 && size >= 0 && accuracy + size > 0;
    }

    private static double value(Cell cell, String metric) {
        return cell.values(metric).values().iterator().next();
    }

    @Test
    @Tag("A5")
    void warnings_ofWeakDesign_nameEachWeaknessAndWhatToDo() {
        Analysis found = analysis(
                "test.accuracy",
                with("{\"a\": 1, \"b\": 1, \"best\": {\"metric\": \"test.accuracy\"}}", Map.of("test.accuracy", 0.9)),
                with("{\"a\": 2, \"b\": 2, \"best\": {\"metric\": \"test.accuracy\"}}", Map.of("test.accuracy", 0.8)),
                failed("{\"a\": 3, \"b\": 3, \"best\": {\"metric\": \"test.accuracy\"}}", 1, "no memory"));

        assertThat(kinds(found))
                .containsExactly(
                        Warning.Kind.TOO_FEW_REPLICATES,
                        Warning.Kind.IMBALANCE,
                        Warning.Kind.CONFOUNDED,
                        Warning.Kind.TUNED_ON_TEST,
                        Warning.Kind.TUNED_ON_TEST);
        assertThat(found.warnings().get(0))
                .hasToString(
                        "3 of 3 cells have fewer than 3 seeds with test.accuracy, the least 0. With one seed nothing is known"
                                + " of what chance does. Set replicates to 5 or more; trials that are done are kept.");
        assertThat(found.warnings().get(1).reason())
                .isEqualTo("If trials fail where the metric would be bad, the mean of the others is too good.");
        assertThat(found.warnings().get(2).fact()).isEqualTo("a varies exactly as b.");
        assertThat(found.warnings().get(4).fact())
                .isEqualTo("Training looks at the test data: best.metric names a test metric.");
    }

    @Test
    @Tag("A5")
    void warnings_ofManyCells_sayHowMuchLuckTheBestHas() {
        List<TrialRecord> trials = new ArrayList<>();
        for (int a = 0; a < 9; a++) {
            for (int seed = 0; seed < 5; seed++) {
                trials.add(completed("{\"a\": " + a + "}", seed, 0.8 + 0.01 * WOBBLE[(seed + a) % 5]));
            }
        }

        Analysis found = analysis("val.accuracy", trials.toArray(TrialRecord[]::new));

        assertThat(kinds(found)).containsExactly(Warning.Kind.BEST_OF_MANY);
        // The expected largest of nine normal numbers is 1.485; Blom's approximation has 1.49.
        assertThat(found.warnings().get(0).reason()).contains("by about +0.00 points");
    }

    @Test
    @Tag("A5")
    void warnings_ofSoundDesign_areNone() {
        assertThat(analysis(
                                "val.accuracy",
                                factorial(0.02, 0.05, 0).subList(0, 20).toArray(TrialRecord[]::new))
                        .warnings())
                .isEmpty();
    }

    @Test
    @Tag("A6")
    void ranking_overSharedSeeds_hasTheBestFirst() {
        Analysis found = analysis("val.accuracy", factorial(0.02, 0.05, 0).toArray(TrialRecord[]::new));

        Analysis.Ranking ranking = found.ranking().orElseThrow();

        assertThat(ranking.cells()).hasSize(8);
        assertThat(ranking.friedman().test().p()).isLessThan(1e-4);
        assertThat(ranking.friedman().meanRanks()[0]).isGreaterThan(6);
    }

    @Test
    @Tag("A2")
    void reduction_ofSeries_isBestByDirectionLastOrAll() {
        MetricSeries series = new MetricSeries(
                "val.loss", new long[] {1, 2, 3, 4}, new double[4], new double[4], new double[] {3, 1, 2, Double.NaN});

        assertThat(Reduction.BEST.of(series, Metric.minimize("loss"))).containsExactly(1.0);
        assertThat(Reduction.BEST.of(series, Metric.maximize("loss"))).containsExactly(3.0);
        assertThat(Reduction.LAST.of(series, Metric.minimize("loss"))).containsExactly(2.0);
        assertThat(Reduction.ALL.of(series, Metric.minimize("loss"))).containsExactly(3.0, 1.0, 2.0);
        TrialRecord trial = completed("{}", 1, 0.5);
        assertThat(Reduction.BEST.of(trial, List.of(series), Map.of()).metrics())
                .containsEntry("val.loss", 1.0)
                .containsEntry("val.accuracy", 0.5);
    }

    /** Two by two by two cells of five seeds: effects of a and b, and how much more they do together; c does nothing. */
    private static List<TrialRecord> factorial(double ofA, double ofB, double together) {
        List<TrialRecord> trials = new ArrayList<>();
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
                for (int c = 0; c < 2; c++) {
                    for (int seed = 0; seed < 5; seed++) {
                        double value = 0.8
                                + a * ofA
                                + b * ofB
                                + a * b * together
                                + 0.01 * seed
                                + 0.5 * WOBBLE[(seed + a + 2 * b + 3 * c) % 5];
                        trials.add(completed("{\"a\": " + a + ", \"b\": " + b + ", \"c\": " + c + "}", seed, value));
                    }
                }
            }
        }
        return trials;
    }

    private static TrialRecord with(String config, Map<String, Double> metrics) {
        return SampleTrials.with(config, 1, metrics);
    }

    private static List<Warning.Kind> kinds(Analysis found) {
        return found.warnings().stream().map(Warning::kind).toList();
    }

    private static Analysis analysis(String metric, TrialRecord... trials) {
        Map<String, JsonNode> noBaseline = Map.of();
        return Analysis.of(new ExperimentResults(
                "sample",
                Optional.empty(),
                metric,
                noBaseline,
                Optional.empty(),
                List.of(trials),
                hash -> List.of(),
                Map.of("accuracy", ACCURACY),
                Map.of(),
                Map.of()));
    }
}
