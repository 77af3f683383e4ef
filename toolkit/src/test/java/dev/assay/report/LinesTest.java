package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.store.MetricSeries;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A3")
class LinesTest {
    @Test
    void thinning_ofALongSeries_losesNoPeakAndKeepsBothEnds() {
        RandomStream random = new Seed(3).stream("noise");
        double[] values =
                DoubleStream.generate(random::nextDouble).limit(100_000).toArray();
        values[31_337] = 9;
        values[64_001] = -9;

        int[] kept = Thinning.of(values, 50);

        assertThat(kept)
                .hasSizeLessThanOrEqualTo(50)
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(0, 31_337, 64_001, 99_999);
        assertThat(Thinning.of(values, 100_000)).hasSize(100_000);
        assertThat(Thinning.of(new double[101], 4)).containsExactly(0, 1, 100);
    }

    @Test
    void mean_ofSeriesOfDifferentSteps_isOverThoseThatAllHave() {
        Line one = Line.of(series(new long[] {10, 20, 30, 40}, 1, 2, Double.NaN, 4));
        Line other = Line.of(series(new long[] {20, 30, 40, 50}, 4, 5, 6, 7));

        Line mean = Line.mean(List.of(one, other));

        assertThat(mean.steps()).containsExactly(20, 40);
        assertThat(mean.values()).containsExactly(3, 5);
        // t(0.975, 1) = 12.7062; the standard error of 2 and 4 is 1.
        assertThat(mean.halves()).usingComparatorWithPrecision(1e-3).containsExactly(12.7062, 12.7062);
        assertThat(mean.ratio()).isEqualTo(0.1, within(1e-12));
    }

    private static MetricSeries series(long[] steps, double... values) {
        double[] epochs = Arrays.stream(steps).mapToDouble(step -> step / 10.0).toArray();
        return new MetricSeries(
                "val.loss",
                steps,
                epochs,
                IntStream.range(0, steps.length).asDoubleStream().toArray(),
                DoubleStream.of(values).toArray());
    }
}
