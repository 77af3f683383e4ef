package dev.assay.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.error.AssayException;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("E6")
class RateFinderTest {
    private static final RateFinder.Range RANGE = new RateFinder.Range(1e-6, 10, 100);

    @Test
    void rate_eachStep_risesByTheSameFactor() {
        RateFinder finder = new RateFinder(new RateFinder.Range(1e-4, 1, 5), 4);

        for (double expected : new double[] {1e-4, 1e-3, 1e-2, 1e-1, 1}) {
            assertThat(finder.isFinished()).isFalse();
            assertThat(finder.rate()).isCloseTo(expected, within(1e-12 * expected));
            finder.observe(1);
        }
        assertThat(finder.isFinished()).isTrue();
    }

    @Test
    void observe_steadyLoss_isNotChangedBySmoothing() {
        RateFinder finder = run(i -> 2.5);

        assertThat(finder.samples())
                .hasSize(100)
                .allSatisfy(sample -> assertThat(sample.loss()).isCloseTo(2.5, within(1e-12)));
    }

    @Test
    void observe_secondLoss_isSmoothedWithTheFirst() {
        RateFinder finder = new RateFinder(RANGE, 4);
        finder.observe(1);
        finder.observe(2);

        assertThat(finder.samples().get(1).loss()).isCloseTo((0.98 * 1 + 2) / 1.98, within(1e-14));
    }

    @Test
    void observe_explodingLoss_ends() {
        RateFinder finder = run(i -> i < 50 ? 1 : 1000);

        assertThat(finder.samples()).hasSize(51);
        assertThat(finder.isFinished()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity"})
    void observe_lossNotFinite_endsWithoutASample(double loss) {
        RateFinder finder = run(i -> i < 60 ? 1 : loss);

        assertThat(finder.samples()).hasSize(60);
        assertThat(finder.isFinished()).isTrue();
    }

    /** Computed by a transcription of fastai's functions. */
    @Test
    void suggestions_plantedCurve_areFastais() {
        RateFinder finder = run(RateFinderTest::planted);

        assertThat(finder.samples()).hasSize(88);
        assertThat(finder.samples().get(87).loss()).isCloseTo(5.551830933213607, within(1e-10));
        assertThat(finder.valley().orElseThrow()).isCloseTo(0.0017886495290574346, within(1e-14));
        assertThat(finder.steepest().orElseThrow()).isCloseTo(0.0034304692863149195, within(1e-14));
    }

    @Test
    void steepest_oneSuddenFall_isBeforeIt() {
        RateFinder finder = run(i -> i < 40 ? 3 : 1);

        assertThat(finder.steepest().orElseThrow()).isEqualTo(RANGE.rate(39));
    }

    @Test
    void valley_lossFallsAllTheWay_isHalfWayDown() {
        RateFinder finder = run(i -> 100 - i);

        // 85 samples are left from the eleventh on; the valley begins one before them, as in fastai.
        assertThat(finder.valley().orElseThrow()).isEqualTo(RANGE.rate(10 - 1 + 28 + 14));
    }

    @Test
    void suggestions_tooFewSteps_areNone() {
        RateFinder finder = run(i -> i < 15 ? 1 : Double.NaN);

        assertThat(finder.valley()).isEmpty();
        assertThat(finder.steepest()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 10", "1, 1, 10", "1, 2, 1", "NaN, 1, 10", "1, Infinity, 10"})
    void range_notRising_isRefused(double from, double to, int steps) {
        assertThatThrownBy(() -> new RateFinder.Range(from, to, steps))
                .isInstanceOf(AssayException.class)
                .hasMessage("The search for a learning rate from (" + from + ") to (" + to + ") in (" + steps
                        + ") steps must rise from above 0 in at least 2 steps.");
    }

    /** Falls around 1e-3, explodes around 0.4, and wavers. */
    private static double planted(int step) {
        double power = Math.log10(RANGE.rate(step));
        double fall = 2 / (1 + Math.exp(3 * (power + 3)));
        return 0.5 + fall + 0.05 * Math.sin(step * 1.7) + Math.exp(8 * (power + 0.4));
    }

    private static RateFinder run(IntToDoubleFunction loss) {
        RateFinder finder = new RateFinder(RANGE, 4);
        for (int i = 0; !finder.isFinished(); i++) {
            finder.observe(loss.applyAsDouble(i));
        }
        return finder;
    }
}
