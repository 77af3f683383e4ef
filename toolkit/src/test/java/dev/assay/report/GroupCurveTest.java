package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.store.MetricSeries;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A9")
class GroupCurveTest {
    @Test
    void of_twoTrials_isTheirMeanAtTheStepsOfBothWithStudentsInterval() {
        Map<String, GroupCurve> found = GroupCurve.of(List.of(
                List.of(series(new long[] {10, 20, 30}, 1, 2, 5)), List.of(series(new long[] {10, 30}, 3, 7))));

        assertThat(found).containsOnlyKeys("val.loss");
        GroupCurve curve = found.values().iterator().next();
        assertThat(curve.trials()).isEqualTo(2);
        assertThat(curve.steps()).containsExactly(10.0, 30.0);
        assertThat(curve.means()).containsExactly(2.0, 6.0);
        // Student's t of one degree of freedom at 97.5 %, times the standard error, which is 1.
        assertThat(curve.lows().get(0)).isCloseTo(2 - 12.7062047, within(1e-6));
        assertThat(curve.highs().get(1)).isCloseTo(6 + 12.7062047, within(1e-6));
    }

    @Test
    void of_oneTrial_hasNoBand() {
        Map<String, GroupCurve> found = GroupCurve.of(List.of(List.of(series(new long[] {1, 2}, 4, 3))));

        GroupCurve curve = found.values().iterator().next();
        assertThat(curve.means()).containsExactly(4.0, 3.0);
        assertThat(curve.lows()).isEmpty();
    }

    private static MetricSeries series(long[] steps, double... values) {
        double[] zeros = new double[steps.length];
        return new MetricSeries("val.loss", steps, zeros, zeros, values);
    }
}
