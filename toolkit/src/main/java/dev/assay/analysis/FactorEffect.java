package dev.assay.analysis;

import dev.assay.statistics.LinearRegression;
import java.util.List;
import java.util.Optional;

/**
 * What a factor does to a metric.
 *
 * @param factor which
 * @param basis what its levels were compared over
 * @param levels in the factor's order; none for a factor with too many levels
 * @param p probability, were the factor without any effect, of a level that differs so clearly, corrected for the number of levels by Holm's
 *     method; NaN where nothing can be tested
 * @param share part of the variance between all trials that lies between the factor's levels, 0 to 1; NaN where there is no variance
 * @param regression over the cells' means, for a factor of three or more numbers
 */
public record FactorEffect(
        Factor factor,
        Basis basis,
        List<LevelEffect> levels,
        double p,
        double share,
        Optional<NumericEffect> regression) {
    public FactorEffect {
        levels = List.copyOf(levels);
    }

    /** What levels are compared over. */
    public enum Basis {
        /** Over cells that are alike in all other factors, so nothing else can be the cause. */
        MATCHED,
        /**
         * Over all cells, where none are alike but all other factors occur alike at each level, as in a fractional factorial: right if factors do
         * not interact.
         */
        BALANCED,
        /** Not at all: other factors vary with it. */
        NONE
    }

    /**
     * A level.
     *
     * @param level as text
     * @param mean over its cells
     * @param cells how many it has with a value
     * @param difference to the mean of the other levels
     * @param p of the difference, corrected for the number of levels
     */
    public record LevelEffect(String level, double mean, int cells, Optional<Difference> difference, double p) {}

    /**
     * A straight line over a factor of numbers.
     *
     * @param isLogarithmic whether x is the decimal logarithm, which it is for positive numbers over a factor of 100 or more
     */
    public record NumericEffect(LinearRegression line, boolean isLogarithmic) {}
}
