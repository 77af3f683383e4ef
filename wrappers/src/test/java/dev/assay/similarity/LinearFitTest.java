package dev.assay.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearFitTest {
    private final RandomStream random = new Seed(9).stream("fits");

    @Test
    @Tag("G9")
    void leastSquares_ofManyBatches_recoversAPlantedMap() {
        LinearMap planted = planted(Representations.random(random, 5, 8));
        Matrix x = Representations.changed(Representations.random(random, 3000, 8), 2, 1);

        LinearMap found = Ridge.none().fit(Representations.streamed(x, planted.apply(x), 64));

        assertSame(found, planted, 1e-13);
        assertThat(found.rSquared()).isCloseTo(1, within(1e-13));
    }

    /** What the documentation says of precision: 1e-16 times the square of the condition. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 10, 100, 1000})
    @Tag("G9")
    void leastSquares_losesTheSquareOfTheCondition(double condition) {
        LinearMap planted = planted(Representations.random(random, 3, 6));
        Matrix x = mixed(conditioned(500, 6, condition));

        LinearMap found = Ridge.none().fit(Representations.streamed(x, planted.apply(x), 50));

        assertSame(found, planted, 1e-15 * Math.max(100, condition * condition));
    }

    @Test
    @Tag("G9")
    void leastSquares_ofUnitsOfAllScales_recoversThePlantedMap() {
        LinearMap planted = planted(Representations.random(random, 3, 4));
        Matrix x = conditioned(300, 4, 1e5);

        LinearMap found = Ridge.none().fit(Representations.streamed(x, planted.apply(x), 50));

        assertSame(found, planted, 1e-10);
    }

    @Test
    @Tag("G9")
    void leastSquares_ofDeadAndRepeatedUnits_stillFits() {
        Matrix x = Representations.random(random, 100, 3);
        LinearMap planted = planted(Representations.random(random, 2, 3));
        double[][] rows = new double[100][];
        Arrays.setAll(rows, i -> new double[] {x.get(i, 0), 0, x.get(i, 1), x.get(i, 2), x.get(i, 0), 4});
        Matrix wide = Matrix.of(rows);

        LinearMap found = Ridge.none().fit(JointMoments.of(wide, planted.apply(x)));

        assertThat(found.rSquared()).isCloseTo(1, within(1e-12));
        assertThat(found.apply(wide).toArray()).containsExactly(planted.apply(x).toArray(), within(1e-11));
        assertThat(found.weight().get(0, 1)).isCloseTo(0, within(1e-15));
        assertThat(found.weight().get(0, 0)).isCloseTo(found.weight().get(0, 4), within(1e-12));
    }

    @Test
    @Tag("G9")
    void ridge_ofARisingPenalty_shrinksTowardsTheMean() {
        Matrix x = Representations.random(random, 60, 3);
        Matrix y = planted(Representations.random(random, 2, 3)).apply(x);
        JointMoments moments = JointMoments.of(x, y);

        assertThat(Ridge.of(1).fit(moments).rSquared())
                .isLessThan(1)
                .isGreaterThan(Ridge.of(100).fit(moments).rSquared());
        LinearMap flat = Ridge.of(1e12).fit(moments);
        assertThat(flat.rSquared()).isCloseTo(0, within(1e-9));
        assertThat(flat.bias().toArray()).containsExactly(moments.y().mean().toArray(), within(1e-9));
    }

    @Test
    @Tag("G8")
    @Tag("G9")
    void lowRank_recoversAPlantedMapOfThatRank() {
        Matrix weight = Representations.random(random, 6, 2).times(Representations.random(random, 2, 5));
        LinearMap planted = planted(weight);
        Matrix x = Representations.random(random, 400, 5);

        LinearMap found = LowRank.of(2).fit(Representations.streamed(x, planted.apply(x), 32));
        LinearMap.Factors factors = found.factors(2);

        assertSame(found, planted, 1e-12);
        assertThat(factors.down().rows()).isEqualTo(2);
        assertThat(factors.up().times(factors.down()).toArray())
                .containsExactly(found.weight().toArray(), within(1e-13));
    }

    @Test
    @Tag("G8")
    @Tag("G9")
    void lowRank_isBetterThanTheNearestWeightOfThatRank_andWorseThanAFullOne() {
        Matrix x = conditioned(300, 6, 30);
        Matrix y = noisy(planted(Representations.random(random, 6, 6)).apply(x));
        JointMoments moments = JointMoments.of(x, y);
        LinearMap full = Ridge.none().fit(moments);

        LinearMap low = LowRank.of(2).fit(moments);

        LinearMap.Factors cut = full.factors(2);
        double nearest = rSquared(cut.up().times(cut.down()), moments, x, y);
        assertThat(low.rSquared()).isGreaterThan(nearest).isLessThan(full.rSquared());
        assertThat(LowRank.of(6).fit(moments).rSquared()).isCloseTo(full.rSquared(), within(1e-12));
    }

    @Test
    @Tag("G8")
    @Tag("G9")
    void orthogonal_recoversAPlantedRotation_andIsOneWhereUnitsDifferInNumber() {
        Matrix rotation = new Orthogonal(false)
                .fit(JointMoments.of(Representations.random(random, 20, 4), Representations.random(random, 20, 4)))
                .weight();
        LinearMap planted = planted(rotation);
        Matrix x = Representations.random(random, 100, 4);

        LinearMap found = new Orthogonal(true).fit(Representations.streamed(x, planted.apply(x), 30));
        Matrix wide = new Orthogonal(true)
                .fit(JointMoments.of(x, Representations.random(random, 100, 6)))
                .weight();

        assertSame(found, planted, 1e-13);
        assertThat(wide.transpose().times(wide).toArray()).containsExactly(identity(4), within(1e-13));
    }

    @ParameterizedTest
    @MethodSource
    @Tag("G9")
    void fit_saysHowWellItFits(LinearFit fit) {
        Matrix x = Representations.changed(Representations.random(random, 80, 3), 1, 0.5);
        Matrix y = noisy(planted(Representations.random(random, 3, 3)).apply(x));

        LinearMap found = fit.fit(Representations.streamed(x, y, 9));

        double left = 0;
        double[] mapped = found.apply(x).toArray();
        for (int i = 0; i < mapped.length; i++) {
            left += (mapped[i] - y.toArray()[i]) * (mapped[i] - y.toArray()[i]);
        }
        assertThat(found.residual()).isCloseTo(Math.sqrt(left), within(1e-9));
        assertThat(found.rSquared()).isCloseTo(1 - left / spread(y), within(1e-12));
    }

    static Stream<LinearFit> fit_saysHowWellItFits() {
        return Stream.of(
                Ridge.none(),
                Ridge.of(3),
                Ridge.of(3).withoutBias(),
                LowRank.of(1),
                new LowRank(2, Ridge.of(0.1).withoutBias()),
                new Orthogonal(true),
                new Orthogonal(false));
    }

    @Test
    @Tag("G9")
    void fits_thatCannotBe_areRefused() {
        Matrix x = Representations.random(random, 4, 4);
        JointMoments moments = JointMoments.of(x, x);
        Matrix constant = Matrix.of(4, 1, 7, 7, 7, 7);

        assertThatThrownBy(() -> Ridge.none().fit(moments))
                .hasMessage("Least squares from 4 units needs 5 examples or more; there are 4.\n"
                        + "Maybe give it a penalty above 0.");
        assertThat(Ridge.of(0.1).fit(moments).rSquared()).isBetween(0.0, 1.0);
        assertThatThrownBy(() -> Ridge.of(-1)).hasMessage("The penalty (-1.0) must be 0 or more.");
        assertThatThrownBy(() -> LowRank.of(5).fit(moments))
                .hasMessage("The rank (5) of a map of 4 to 4 units must be in 1 to 4.");
        assertThatThrownBy(() -> Ridge.of(1).fit(JointMoments.of(x, constant)))
                .hasMessageStartingWith("All 4 examples of (y) are the same");
        assertThatThrownBy(() -> Ridge.of(1).fit(moments).apply(constant))
                .hasMessage("The map takes 4 units; the examples have 1.");
    }

    private LinearMap planted(Matrix weight) {
        return new LinearMap(weight, Representations.random(random, 1, weight.rows()), 1, 0);
    }

    /** Independent units whose sizes go down to one part in {@code condition}. */
    private Matrix conditioned(int examples, int units, double condition) {
        double[] values = Representations.random(random, examples, units).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= Math.pow(condition, -(i % units) / (units - 1.0));
        }
        return Matrix.of(examples, units, values);
    }

    /** Each unit a bit of all, so that scaling cannot mend the condition. */
    private Matrix mixed(Matrix x) {
        Matrix rotation = new Orthogonal(false)
                .fit(JointMoments.of(
                        Representations.random(random, 30, x.columns()),
                        Representations.random(random, 30, x.columns())))
                .weight();
        return x.times(rotation);
    }

    private Matrix noisy(Matrix y) {
        double[] values = y.toArray();
        double[] noise = Representations.random(random, y.rows(), y.columns()).toArray();
        Arrays.setAll(values, i -> values[i] + 0.5 * noise[i]);
        return Matrix.of(y.rows(), y.columns(), values);
    }

    private static double rSquared(Matrix weight, JointMoments moments, Matrix x, Matrix y) {
        LinearMap centred = new LinearMap(weight, Matrix.of(new double[weight.rows()]), 0, 0);
        double[] xMean = centred.apply(moments.x().mean()).toArray();
        double[] mapped = centred.apply(x).toArray();
        double left = 0;
        for (int i = 0; i < mapped.length; i++) {
            int unit = i % y.columns();
            double difference = y.toArray()[i] - moments.y().mean().get(0, unit) - (mapped[i] - xMean[unit]);
            left += difference * difference;
        }
        return 1 - left / spread(y);
    }

    private static double spread(Matrix y) {
        double[] mean = Moments.of(y.columns()).add(y).mean().toArray();
        double spread = 0;
        for (int i = 0; i < y.rows(); i++) {
            for (int j = 0; j < y.columns(); j++) {
                spread += (y.get(i, j) - mean[j]) * (y.get(i, j) - mean[j]);
            }
        }
        return spread;
    }

    private static double[] identity(int size) {
        double[] values = new double[size * size];
        for (int i = 0; i < size; i++) {
            values[i * size + i] = 1;
        }
        return values;
    }

    private static void assertSame(LinearMap found, LinearMap planted, double error) {
        assertThat(found.weight().toArray()).containsExactly(planted.weight().toArray(), within(error));
        assertThat(found.bias().toArray()).containsExactly(planted.bias().toArray(), within(error));
    }
}
