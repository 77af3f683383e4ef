package dev.assay.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.error.AssayException;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimilarityLawsTest {
    private final RandomStream random = new Seed(5).stream("similarity");

    @ParameterizedTest
    @EnumSource
    @Tag("G14")
    void similarity_ofACopyMovedScaledAndRotated_isOne(SimilarityMeasure measure) {
        Matrix x = Representations.random(random, 60, 5);
        Matrix copy = Representations.changed(x.times(rotation(5)), 3, 200);

        assertThat(similarity(measure, x, copy, 60)).isCloseTo(1, within(1e-9));
        assertThat(similarity(measure, x, copy, 16)).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G14")
    void similarity_isTheSameBothWays_butForRegression(SimilarityMeasure measure) {
        Matrix x = Representations.random(random, 60, 5);
        Matrix y = x.times(Representations.random(random, 5, 3));

        double there = similarity(measure, x, y, 20);
        double back = similarity(measure, y, x, 20);

        if (measure == SimilarityMeasure.REGRESSION) {
            assertThat(there).isCloseTo(1, within(1e-9));
            assertThat(back).isBetween(0.0, 0.99);
        } else {
            assertThat(there).isCloseTo(back, within(1e-12));
        }
    }

    @Test
    @Tag("G14")
    void cca_ignoresInvertibleMaps_ckaDoesNot() {
        Matrix x = Representations.random(random, 60, 4);
        Matrix y = x.times(Representations.random(random, 4, 4));

        assertThat(similarity(SimilarityMeasure.CCA, x, y, 60)).isCloseTo(1, within(1e-9));
        assertThat(similarity(SimilarityMeasure.CKA_BIASED, x, y, 60)).isLessThan(0.99);
    }

    @Test
    @Tag("G14")
    void unbiasedCka_ofStrangersWithManyUnits_isAboutZero_whereTheBiasedIsNot() {
        Matrix x = Representations.random(random, 40, 100);
        Matrix y = Representations.random(random, 40, 100);

        assertThat(Cka.biased(JointMoments.of(x, y))).isGreaterThan(0.6);
        assertThat(Cka.unbiased(JointMoments.of(x, y))).isBetween(-0.1, 0.1);
    }

    @Test
    @Tag("G14")
    void ckaByBatches_ofOneBatch_isTheUnbiased() {
        Matrix x = Representations.random(random, 40, 6);
        Matrix y = x.times(Representations.random(random, 6, 5));

        assertThat(similarity(SimilarityMeasure.CKA, x, y, 40))
                .isCloseTo(Cka.unbiased(JointMoments.of(x, y)), within(1e-12));
    }

    @Test
    @Tag("G14")
    void ckaByBatches_isMadeOfTheMeansOfTheBatchesEstimates() {
        Matrix x = Representations.random(random, 24, 6);
        Matrix y = x.times(Representations.random(random, 6, 5));
        double both = 0;
        double ownX = 0;
        double ownY = 0;
        for (int i = 0; i < 24; i += 8) {
            double[][] k = kernel(Representations.rows(x, i, i + 8));
            double[][] l = kernel(Representations.rows(y, i, i + 8));
            both += hsic(k, l);
            ownX += hsic(k, k);
            ownY += hsic(l, l);
        }

        assertThat(similarity(SimilarityMeasure.CKA, x, y, 8)).isCloseTo(both / Math.sqrt(ownX * ownY), within(1e-12));
    }

    @Test
    @Tag("G14")
    void ckaByBatches_ofProducts_isThatOfTheExamples() {
        Matrix x = Representations.random(random, 20, 6);
        Matrix y = x.times(Representations.random(random, 6, 5));
        Matrix centredX = PrincipalComponents.of(Moments.of(6).add(x)).project(x);
        Matrix centredY = PrincipalComponents.of(Moments.of(5).add(y)).project(y);

        LayerSimilarity ofProducts = LayerSimilarity.ofPair(SimilarityMeasure.CKA)
                .addProducts(
                        Map.of("x", centredX.times(centredX.transpose())),
                        Map.of("y", centredY.times(centredY.transpose())));

        assertThat(ofProducts.values().get(0, 0)).isCloseTo(similarity(SimilarityMeasure.CKA, x, y, 20), within(1e-12));
        assertThatThrownBy(() -> ofProducts.addProducts(Map.of("x", x), Map.of("y", y)))
                .hasMessage("The products of all pairs of 20 examples of (x) must be a square; there are 6 columns.");
        assertThatThrownBy(
                        () -> LayerSimilarity.ofPair(SimilarityMeasure.CCA).addProducts(Map.of("x", x), Map.of("y", x)))
                .hasMessage("Measure (cca) is made of the examples; products of their pairs do not do.");
    }

    @Test
    @Tag("G14")
    void moments_ofValuesFarFromZero_loseNothing() {
        Matrix x = Representations.random(random, 200, 4);
        Matrix y = Representations.random(random, 200, 3);
        JointMoments near = Representations.streamed(x, y, 16);
        JointMoments far = Representations.streamed(Representations.changed(x, 1, 1e6), y, 16);

        assertThat(Cka.biased(far)).isCloseTo(Cka.biased(near), within(1e-8));
        assertThat(Cka.unbiased(far)).isCloseTo(Cka.unbiased(near), within(1e-8));
        assertThat(Ridge.none().fit(far).rSquared())
                .isCloseTo(Ridge.none().fit(near).rSquared(), within(1e-8));
    }

    @Test
    @Tag("G14")
    void deadUnits_changeNothing() {
        Matrix x = Representations.random(random, 50, 3);
        Matrix y = x.times(Representations.random(random, 3, 4));
        Matrix withDead = withColumn(x, 0.7);

        for (SimilarityMeasure measure : SimilarityMeasure.values()) {
            assertThat(similarity(measure, withDead, y, 10))
                    .as(measure.toString())
                    .isCloseTo(similarity(measure, x, y, 10), within(1e-9));
        }
    }

    @Test
    @Tag("G14")
    void svcca_leavesOutWhatHoldsLittleVariance() {
        Matrix signal = Representations.random(random, 80, 2);
        Matrix x = beside(signal, Representations.changed(Representations.random(random, 80, 3), 1e-3, 0));
        Matrix y = beside(signal, Representations.changed(Representations.random(random, 80, 3), 1e-3, 0));

        assertThat(similarity(SimilarityMeasure.SVCCA, x, y, 80)).isCloseTo(1, within(1e-3));
        assertThat(similarity(SimilarityMeasure.CCA, x, y, 80)).isLessThan(0.7);
    }

    @Test
    @Tag("G14")
    void principalComponents_projectToUncorrelatedUnitsOfTheirVariances() {
        Matrix x = Representations.random(random, 90, 5).times(Representations.random(random, 5, 5));

        PrincipalComponents found = PrincipalComponents.of(Moments.of(5).add(x));
        PrincipalComponents again = PrincipalComponents.of(Moments.of(5).add(found.project(x)));

        for (int i = 0; i < 5; i++) {
            assertThat(again.variances().get(i)).isCloseTo(found.variances().get(i), within(1e-9));
        }
        assertThat(Arrays.stream(again.mean().toArray()).map(Math::abs).max().orElseThrow())
                .isLessThan(1e-12);
        assertThat(found.first(2).project(x).columns()).isEqualTo(2);
        assertThatThrownBy(() -> found.first(6)).hasMessage("The number of components to keep (6) must be in 1 to 5.");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G14")
    void similarity_ofConstantExamples_saysSo(SimilarityMeasure measure) {
        Matrix x = Representations.random(random, 20, 2);
        Matrix constant = Matrix.of(20, 2, fill(40, 0.1));

        assertThatThrownBy(() -> similarity(measure, x, constant, 10))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("of (y) are the same")
                .hasMessageEndingWith("so there is nothing to compare.\nMaybe its units are dead.");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G14")
    void similarity_ofValuesThatAreNoNumbers_namesTheUnit(SimilarityMeasure measure) {
        Matrix x = Matrix.of(new double[][] {{1, 2}, {3, 4}, {5, 6}, {Double.NaN, 8}});

        assertThatThrownBy(() -> similarity(measure, x, x, 4))
                .isInstanceOf(AssayException.class)
                .hasMessage("Unit (0) of example (3) of (x) is NaN; values must be finite.");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G14")
    void similarity_ofOneExample_needsMore(SimilarityMeasure measure) {
        Matrix one = Representations.random(random, 1, 2);

        assertThatThrownBy(() -> similarity(measure, one, one, 1))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("needs");
    }

    @Test
    @Tag("G14")
    void cca_ofNoMoreExamplesThanDirections_isRefused() {
        Matrix x = Representations.random(random, 10, 6);
        Matrix y = Representations.random(random, 10, 4);

        assertThatThrownBy(() -> CanonicalCorrelations.of(JointMoments.of(x, y)))
                .hasMessage("Canonical correlation of 6 and 4 directions needs more than 10 examples; there are 10.\n"
                        + "Maybe keep less of the variance, or compare means over positions.");
    }

    @Test
    @Tag("G14")
    void batches_thatDoNotFit_areRefused() {
        Matrix x = Representations.random(random, 5, 3);
        JointMoments moments = JointMoments.of(3, 2);

        assertThatThrownBy(() -> moments.add(x, Representations.random(random, 4, 2)))
                .hasMessageStartingWith(
                        "A batch of x has 5 examples and its batch of y 4; they must be the same examples.");
        assertThatThrownBy(() -> moments.add(x, Representations.random(random, 5, 3)))
                .hasMessage("A batch of (y) has 3 units; the moments are of 2.");
        assertThat(moments.examples()).isZero();
        assertThatThrownBy(() -> Matrix.of(2, 2, 1, 2, 3)).hasMessage("A matrix of 2 × 2 needs 4 values; there are 3.");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G14")
    void layerSimilarity_isThatOfEachPair(SimilarityMeasure measure) {
        Matrix a = Representations.random(random, 60, 4);
        Matrix b = Representations.random(random, 60, 3);
        Matrix c = a.times(Representations.random(random, 4, 5));
        LayerSimilarity layers = LayerSimilarity.of(measure, List.of("a", "b"), List.of("c", "b", "a"));
        for (int i = 0; i < 60; i += 20) {
            Matrix bBatch = Representations.rows(b, i, i + 20);
            Matrix aBatch = Representations.rows(a, i, i + 20);
            layers.add(
                    Map.of("a", aBatch, "b", bBatch),
                    Map.of("c", Representations.rows(c, i, i + 20), "b", bBatch, "a", aBatch));
        }

        Matrix values = layers.values();

        assertThat(layers.examples()).isEqualTo(60);
        assertThat(values.get(0, 0)).isCloseTo(similarity(measure, a, c, 20), within(1e-12));
        assertThat(values.get(0, 1)).isCloseTo(similarity(measure, a, b, 20), within(1e-12));
        assertThat(values.get(1, 0)).isCloseTo(similarity(measure, b, c, 20), within(1e-12));
        assertThat(values.get(1, 1)).isCloseTo(1, within(1e-9));
        assertThat(values.get(0, 2)).isCloseTo(1, within(1e-9));
    }

    @Test
    @Tag("G14")
    void layerSimilarity_withoutALayer_namesIt() {
        LayerSimilarity layers = LayerSimilarity.of(SimilarityMeasure.CKA, List.of("a"), List.of("b"));
        Matrix x = Representations.random(random, 5, 3);

        assertThatThrownBy(() -> layers.add(Map.of("a", x), Map.of("c", x)))
                .hasMessage("A batch has layers [c]; layer (b) is missing.");
        assertThatThrownBy(layers::values).hasMessage("There are no examples to compare layers on.");
    }

    @Test
    @Tag("G14")
    void measure_ofNoSuchName_isRefusedWithThoseThereAre() {
        assertThat(SimilarityMeasure.parse("cka-unbiased")).isEqualTo(SimilarityMeasure.CKA_UNBIASED);
        assertThatThrownBy(() -> SimilarityMeasure.parse("ckaa"))
                .hasMessage("There is no measure (ckaa) of similarity; there are [cka, cka-biased, cka-unbiased, cca,"
                        + " svcca, procrustes, regression].");
    }

    private static double similarity(SimilarityMeasure measure, Matrix x, Matrix y, int batch) {
        LayerSimilarity pair = LayerSimilarity.ofPair(measure);
        for (int i = 0; i < x.rows(); i += batch) {
            int end = Math.min(x.rows(), i + batch);
            pair.add(Representations.rows(x, i, end), Representations.rows(y, i, end));
        }
        return pair.values().get(0, 0);
    }

    private Matrix rotation(int size) {
        Matrix x = Representations.random(random, 3 * size, size);
        Matrix y = Representations.random(random, 3 * size, size);
        return new Orthogonal(false).fit(JointMoments.of(x, y)).weight();
    }

    private static Matrix withColumn(Matrix matrix, double value) {
        return beside(matrix, Matrix.of(matrix.rows(), 1, fill(matrix.rows(), value)));
    }

    private static Matrix beside(Matrix left, Matrix right) {
        double[][] rows = new double[left.rows()][left.columns() + right.columns()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = j < left.columns() ? left.get(i, j) : right.get(i, j - left.columns());
            }
        }
        return Matrix.of(rows);
    }

    private static double[] fill(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    private static double[][] kernel(Matrix x) {
        double[][] kernel = new double[x.rows()][x.rows()];
        Matrix products = x.times(x.transpose());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.rows(); j++) {
                kernel[i][j] = i == j ? 0 : products.get(i, j);
            }
        }
        return kernel;
    }

    /** The estimate as it is written down in the paper, by loops. */
    private static double hsic(double[][] k, double[][] l) {
        int n = k.length;
        double trace = 0;
        double sumK = 0;
        double sumL = 0;
        double both = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                trace += k[i][j] * l[j][i];
                sumK += k[i][j];
                sumL += l[i][j];
                for (int m = 0; m < n; m++) {
                    both += k[i][j] * l[j][m];
                }
            }
        }
        return (trace + sumK * sumL / ((n - 1.0) * (n - 2)) - 2.0 / (n - 2) * both) / (n * (n - 3.0));
    }
}
