package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.random.Seed;
import dev.assay.statistics.RankTests.Method;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything that SciPy and statsmodels have, against their values. */
@Tag("A6")
class GoldenStatisticsTest {
    private static final Offset<Double> EXACT = within(1e-9);
    /** The reference's own Monte-Carlo error, as its file says. */
    private static final Offset<Double> BOOTSTRAP = within(3e-4);

    private static final JsonNode FILE = file();
    private static final JsonNode CASES = FILE.get("cases");
    private static final Sample A = sample(FILE.get("a"));
    private static final Sample B = sample(FILE.get("b"));
    private static final Sample C = sample(FILE.get("c"));
    private static final Sample A_TIED = sample(FILE.get("a_rounded"));
    private static final Sample B_TIED = sample(FILE.get("b_rounded"));
    private static final Sample C_TIED = sample(FILE.get("c_rounded"));

    private static JsonNode file() {
        try (InputStream in = GoldenStatisticsTest.class.getResourceAsStream("statistics.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void summary_isNumPysAndSciPys() {
        JsonNode wanted = CASES.get("summary_c");

        assertThat(C.mean()).isCloseTo(wanted.get("mean").asDouble(), EXACT);
        assertThat(C.median()).isCloseTo(wanted.get("median").asDouble(), EXACT);
        assertThat(C.deviation()).isCloseTo(wanted.get("sd").asDouble(), EXACT);
        assertThat(C.standardError()).isCloseTo(wanted.get("sem").asDouble(), EXACT);
        assertThat(C.interquartileMean()).isCloseTo(wanted.get("iqm_trim25").asDouble(), EXACT);
        check(C.meanInterval(0.95), wanted.get("t_ci95"));
        double[] fractions = {0, .1, .25, .5, .75, .9, 1};
        for (int i = 0; i < fractions.length; i++) {
            assertThat(C.quantile(fractions[i]))
                    .isCloseTo(wanted.get("quantiles_linear").get(i).asDouble(), EXACT);
        }
    }

    @Test
    void tTests_areSciPys() {
        check(MeanDifference.welch(A, C), CASES.get("welch_a_c"));
        check(MeanDifference.student(A, C), CASES.get("student_a_c"));
        check(MeanDifference.paired(A, B), CASES.get("paired_a_b"));
    }

    @Test
    void rankTests_areSciPys() {
        check(RankTests.mannWhitney(A, C), CASES.get("mann_whitney_exact_a_c"));
        check(RankTests.mannWhitney(A_TIED, C_TIED, Method.ASYMPTOTIC), CASES.get("mann_whitney_asymptotic_ties"));
        check(RankTests.wilcoxon(A, B), CASES.get("wilcoxon_exact_a_b"));
        check(RankTests.wilcoxon(A_TIED, B_TIED, Method.ASYMPTOTIC), CASES.get("wilcoxon_approx_ties"));
        check(RankTests.kruskalWallis(List.of(A, B, C)), CASES.get("kruskal"));
    }

    @Test
    void groupTests_areSciPys() {
        check(GroupTests.anova(List.of(A, B, C)), CASES.get("anova"));
        check(GroupTests.levene(List.of(A, B, C)), CASES.get("levene"));
    }

    @Test
    void shapiroWilk_isSciPys() {
        check(ShapiroWilk.of(A), CASES.get("shapiro_a"));
        check(ShapiroWilk.of(C), CASES.get("shapiro_c"));
    }

    @Test
    void friedman_withNemenyi_isSciPys() {
        JsonNode data = CASES.get("friedman").get("data");
        double[][] values = new double[data.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = sample(data.get(i)).values();
        }
        JsonNode wanted = CASES.get("nemenyi");

        Friedman friedman = Friedman.of(values);

        check(friedman.test(), CASES.get("friedman"));
        for (int i = 0; i < 4; i++) {
            assertThat(friedman.meanRanks()[i])
                    .isCloseTo(wanted.get("mean_ranks_higher_is_better").get(i).asDouble(), EXACT);
            for (int j = 0; j < 4; j++) {
                assertThat(friedman.p(i, j))
                        .isCloseTo(wanted.get("p").get(i).get(j).asDouble(), EXACT);
            }
        }
        assertThat(friedman.criticalDifference(0.05))
                .isCloseTo(wanted.get("critical_difference").asDouble(), EXACT);
        assertThat(friedman.indistinct(0.05)).containsExactly(List.of(3, 2, 1), List.of(2, 1, 0));
    }

    @Test
    void corrections_areStatsmodels() {
        JsonNode wanted = CASES.get("multiple");
        double[] p = sample(wanted.get("p")).values();

        assertThat(MultipleTesting.holm(p))
                .containsExactly(sample(wanted.get("holm")).values(), EXACT);
        assertThat(MultipleTesting.bonferroni(p))
                .containsExactly(sample(wanted.get("bonferroni")).values(), EXACT);
        assertThat(MultipleTesting.benjaminiHochberg(p))
                .containsExactly(sample(wanted.get("fdr_bh")).values(), EXACT);
    }

    @Test
    void effectSizes_areThoseOfTheFormulas() {
        JsonNode wanted = CASES.get("effect_a_c");

        assertThat(EffectSize.cohenD(A, C)).isCloseTo(wanted.get("cohen_d").asDouble(), EXACT);
        assertThat(EffectSize.hedgesG(A, C))
                .isCloseTo(wanted.get("hedges_g_exact").asDouble(), EXACT);
        assertThat(EffectSize.cliffsDelta(A, C))
                .isCloseTo(wanted.get("cliff_delta").asDouble(), EXACT);
        assertThat(EffectSize.probabilityOfImprovement(A, C))
                .isCloseTo(wanted.get("probability_of_improvement_a_over_c").asDouble(), EXACT);
    }

    @Test
    void bootstrap_isSciPys_withinItsMonteCarloError() {
        Bootstrap bootstrap = Bootstrap.ofMean(C, 200_000, new Seed(1).stream("bootstrap"));

        checkBootstrap(bootstrap.percentile(0.95), "percentile");
        checkBootstrap(bootstrap.basic(0.95), "basic");
        checkBootstrap(bootstrap.bca(0.95), "BCa");
    }

    @Test
    void regression_isSciPys() {
        JsonNode wanted = CASES.get("regression");

        LinearRegression line = LinearRegression.of(sample(wanted.get("x")), sample(wanted.get("y")));

        assertThat(line.slope()).isCloseTo(wanted.get("slope").asDouble(), EXACT);
        assertThat(line.intercept()).isCloseTo(wanted.get("intercept").asDouble(), EXACT);
        assertThat(line.r()).isCloseTo(wanted.get("r").asDouble(), EXACT);
        assertThat(line.slopeError()).isCloseTo(wanted.get("se").asDouble(), EXACT);
        assertThat(line.p()).isCloseTo(wanted.get("p").asDouble(), within(1e-15));
    }

    private static Sample sample(JsonNode values) {
        double[] found = new double[values.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = values.get(i).asDouble();
        }
        return Sample.of(found);
    }

    private static void check(TestResult found, JsonNode wanted) {
        assertThat(found.statistic()).isCloseTo(wanted.get("statistic").asDouble(), EXACT);
        assertThat(found.p()).isCloseTo(wanted.get("p").asDouble(), EXACT);
    }

    private static void check(MeanDifference found, JsonNode wanted) {
        assertThat(found.statistic()).isCloseTo(wanted.get("statistic").asDouble(), EXACT);
        assertThat(found.p()).isCloseTo(wanted.get("p").asDouble(), EXACT);
        if (wanted.has("df")) {
            assertThat(found.freedom()).isCloseTo(wanted.get("df").asDouble(), EXACT);
            check(found.interval(0.95), wanted.get("ci95"));
        }
    }

    private static void check(Interval found, JsonNode wanted) {
        assertThat(found.low()).isCloseTo(wanted.get(0).asDouble(), EXACT);
        assertThat(found.high()).isCloseTo(wanted.get(1).asDouble(), EXACT);
    }

    private static void checkBootstrap(Interval found, String method) {
        JsonNode wanted = CASES.get("bootstrap_mean_c_" + method);
        assertThat(found.low()).isCloseTo(wanted.get("low").asDouble(), BOOTSTRAP);
        assertThat(found.high()).isCloseTo(wanted.get("high").asDouble(), BOOTSTRAP);
    }
}
