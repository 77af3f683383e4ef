package dev.assay.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.statistics.RankTests.Method;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What no library has a value for: by enumeration, by laws, by an independent simulation; and what is refused. */
@Tag("A6")
class StatisticsTest {
    private static final Sample FEW = Sample.of(1, 2, 2, 5);
    private static final Sample MORE = Sample.of(2, 3, 5, 6, 7);
    private static final Sample DIFFERENCES = Sample.of(1, -1, 2, 2, 3, -0.5);

    @Test
    void mannWhitney_exactWithTies_countsAllArrangements() {
        TestResult found = RankTests.mannWhitney(FEW, MORE);

        // All 126 ways to choose four of the nine ranks.
        assertThat(found.statistic()).isEqualTo(3.5);
        assertThat(found.p()).isCloseTo(0.15873015873015872, within(1e-12));
    }

    @Test
    void wilcoxon_exactWithTies_countsAllSigns() {
        TestResult found = RankTests.wilcoxon(DIFFERENCES, Sample.of(0, 0, 0, 0, 0, 0));

        assertThat(found.statistic()).isEqualTo(3.5);
        assertThat(found.p()).isCloseTo(0.1875, within(1e-12));
    }

    @Test
    void shiftAlgorithm_withoutTies_isCommonsStatistics() {
        double[] a = {0.3, 1.7, 2.2, 4.4};
        double[] b = {0.9, 3.1, 5.5, 6.2, 7.3};
        double[] ranks = Ranks.of(Ranks.joined(a, b));

        double p = RankSums.ofChosen(ranks, a.length).twoSided(ranks[0] + ranks[1] + ranks[2] + ranks[3]);

        assertThat(p)
                .isCloseTo(
                        RankTests.mannWhitney(Sample.of(a), Sample.of(b), Method.EXACT)
                                .p(),
                        within(1e-12));
    }

    @Test
    void signFlip_fewDifferences_goesThroughAllPatterns() {
        TestResult found = SignFlipTest.of(DIFFERENCES, 1, random());

        assertThat(found.statistic()).isCloseTo(6.5 / 6, within(1e-12));
        assertThat(found.p()).isEqualTo(0.1875);
    }

    @Test
    void signFlip_manyDifferences_drawsPatternsAndIsNeverZero() {
        double[] all = new double[100];
        RandomStream normal = new Seed(3).stream("differences");
        for (int i = 0; i < all.length; i++) {
            all[i] = 0.25 + normal.nextGaussian();
        }
        Sample differences = Sample.of(all);

        double p = SignFlipTest.of(differences, 20_000, random()).p();

        double t =
                MeanDifference.paired(differences, Sample.of(new double[100])).p();
        assertThat(p).isCloseTo(t, within(0.01)).isPositive();
        assertThat(SignFlipTest.of(Sample.of(new double[20]), 100, random()).p())
                .isEqualTo(1);
    }

    @Test
    void improvementInterval_isNewcombesFifthMethod() {
        // P = 0.8 of 5 and 7 values; reference by bisection written apart.
        Sample a = Sample.of(3.1, 4.5, 5.5, 6.5, 6.6);
        Sample b = Sample.of(1, 2, 3, 4, 5, 6, 3.2);

        Interval found = EffectSize.improvementInterval(a, b, 0.95);

        assertThat(EffectSize.probabilityOfImprovement(a, b)).isCloseTo(0.8, within(1e-12));
        assertThat(found.low()).isCloseTo(0.45669417618507036, within(1e-9));
        assertThat(found.high()).isCloseTo(0.9450369074348568, within(1e-9));
    }

    @Test
    void improvementInterval_samplesThatDoNotOverlap_isNoPoint() {
        Sample low = Sample.of(1, 2, 3);
        Sample high = Sample.of(4, 5, 6);

        assertThat(EffectSize.improvementInterval(high, low, 0.95).low()).isCloseTo(0.50101876070153, within(1e-9));
        assertThat(EffectSize.improvementInterval(low, high, 0.95).high())
                .isCloseTo(1 - 0.50101876070153, within(1e-9));
    }

    @Test
    void bayesianSignedRank_isThatOfAnIndependentSimulation() {
        Sample differences = Sample.of(0.01, 0.02, -0.005, 0.015, 0.03, 0.002, -0.01, 0.012);

        BayesianSignedRank found = BayesianSignedRank.of(differences, 0.005, 20_000, random());

        // NumPy, 100,000 draws.
        assertThat(found.lower()).isCloseTo(0.00254, within(0.002));
        assertThat(found.equivalent()).isCloseTo(0.19294, within(0.012));
        assertThat(found.higher()).isCloseTo(0.80452, within(0.012));
    }

    @Test
    void bayesianSignedRank_allWithinTheRegion_isEquivalent() {
        BayesianSignedRank found = BayesianSignedRank.of(Sample.of(0.1, -0.1, 0.05, 0.02), 0.2, 1000, random());

        assertThat(found.equivalent()).isEqualTo(1);
    }

    @Test
    void bootstrap_ofSeveralSamples_drawsEachByItself() {
        Sample near = Sample.of(0, 1);
        Sample far = Sample.of(100, 101);

        Bootstrap found = Bootstrap.of(
                samples -> Sample.mean(samples[1]) - Sample.mean(samples[0]), List.of(near, far), 2000, random());

        assertThat(found.estimate()).isEqualTo(100);
        assertThat(found.percentile(0.99)).isEqualTo(new Interval(99, 101, 0.99));
    }

    @Test
    void performanceProfile_isTheShareAboveEachThreshold() {
        PerformanceProfile found = PerformanceProfile.of(
                List.of(Sample.of(0.1, 0.5, 0.9, 0.9), Sample.of(0.6, 0.6)),
                new double[] {0, 0.55, 1},
                0.95,
                500,
                random());

        assertThat(found.points())
                .extracting(PerformanceProfile.Point::fraction)
                .containsExactly(1.0, 0.75, 0.0);
        assertThat(found.points().get(1).band().contains(0.75)).isTrue();
        assertThat(found.points().get(1).band().low()).isLessThan(0.75);
    }

    @Test
    void regressionInterval_atTheMeanOfX_isTheNarrowest() {
        LinearRegression line = LinearRegression.of(Sample.of(1, 2, 3, 4), Sample.of(1.1, 1.9, 3.2, 3.8));

        assertThat(width(line.interval(2.5, 0.95))).isLessThan(width(line.interval(4, 0.95)));
        assertThat(line.slopeInterval(0.95).contains(line.slope())).isTrue();
    }

    @Test
    void badSamples_areRefusedWithWhatWouldDo() {
        assertThatThrownBy(() -> Sample.of(1, Double.NaN))
                .isInstanceOf(UnsuitableSampleException.class)
                .hasMessage("The values must be finite, but number 2 of 2 is NaN.\n"
                        + "Maybe its trial diverged; leave it out and say so.");
        assertThatThrownBy(() -> Sample.of(List.of())).hasMessage("The sample is empty but must have a value.");
        assertThatThrownBy(() -> Sample.of(1).deviation())
                .hasMessage(
                        "The sample has 1 value, but a spread needs 2 at least.\nMaybe more replicates are needed.");
        assertThatThrownBy(() -> MeanDifference.welch(Sample.of(1, 1), Sample.of(2, 2)))
                .hasMessage("No sample has any spread, but a difference of means needs some to be held against.\n"
                        + "Maybe the metric is too coarse, or does not depend on the seed.");
        assertThatThrownBy(() -> MeanDifference.paired(Sample.of(1, 2), Sample.of(1, 2, 3)))
                .hasMessage("Paired samples must be of one size, but these have 2 and 3 values.");
        assertThatThrownBy(() -> RankTests.wilcoxon(FEW, FEW))
                .hasMessage("All 4 pairs are equal, but a Wilcoxon test needs pairs that differ.");
        assertThatThrownBy(() -> ShapiroWilk.of(Sample.of(1, 2)))
                .hasMessageStartingWith("The sample has 2 values, but a Shapiro–Wilk test needs 3 at least.");
        assertThatThrownBy(() -> GroupTests.anova(List.of(FEW)))
                .hasMessage("There must be two groups at least for an analysis of variance, but there are 1.");
        assertThatThrownBy(() -> Friedman.of(new double[][] {{1, 1, 1}, {2, 2, 2}}))
                .hasMessage("All values of each block are the same, but ranks need some that differ.");
        assertThatThrownBy(() -> FEW.meanInterval(95))
                .hasMessage("The level (95.0) must be in (0, 1).\nMaybe it was given in percent.");
    }

    private static double width(Interval interval) {
        return interval.high() - interval.low();
    }

    private static RandomStream random() {
        return new Seed(1).stream("test");
    }
}
