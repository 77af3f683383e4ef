package dev.assay.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.inference.OneWayAnova;

/** Tests over two or more groups. */
public final class GroupTests {
    private GroupTests() {}

    /**
     * Whether the means of several normal populations of one variance are equal: one-way analysis of variance (Fisher 1925, "Statistical methods
     * for research workers").
     *
     * @return with the statistic F
     * @throws UnsuitableSampleException if there are fewer than two groups, a group has fewer than two values, or no group has any spread
     */
    public static TestResult anova(List<Sample> groups) {
        pooled(groups, "an analysis of variance");
        groups.forEach(group -> group.atLeast(2, "an analysis of variance"));
        if (groups.stream().allMatch(Sample::isConstant)) {
            throw new UnsuitableSampleException(
                    "No group has any spread, but an analysis of variance needs some to hold differences against.");
        }
        OneWayAnova.Result found = OneWayAnova.withDefaults()
                .test(groups.stream().map(Sample::values).toList());
        return new TestResult(found.getStatistic(), found.getPValue());
    }

    /**
     * Whether several populations spread alike: Levene's test around medians (Brown and Forsythe 1974, "Robust tests for the equality of
     * variances").
     *
     * @return with the statistic W
     */
    public static TestResult levene(List<Sample> groups) {
        pooled(groups, "Levene's test");
        List<Sample> distances = new ArrayList<>();
        for (Sample group : groups) {
            double median = group.atLeast(2, "Levene's test").median();
            distances.add(Sample.of(Arrays.stream(group.values())
                    .map(value -> Math.abs(value - median))
                    .toArray()));
        }
        return anova(distances);
    }

    /** All values of all groups. */
    static double[] pooled(List<Sample> groups, String what) {
        if (groups.size() < 2) {
            throw new UnsuitableSampleException(
                    "There must be two groups at least for " + what + ", but there are " + groups.size() + ".");
        }
        return groups.stream()
                .flatMapToDouble(group -> Arrays.stream(group.values()))
                .toArray();
    }
}
