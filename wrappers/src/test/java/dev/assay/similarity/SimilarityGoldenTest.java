package dev.assay.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.golden.Golden;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The numbers of NumPy and SciPy, whatever the size of the batches. */
class SimilarityGoldenTest {
    private static final Offset<Double> CLOSE = within(1e-9);
    private static final JsonNode GOLDEN = Golden.json("similarity.json");
    private static final Matrix X = Representations.golden(GOLDEN.get("x"));
    private static final Matrix Y = Representations.golden(GOLDEN.get("y"));
    private static final Matrix Z = Representations.golden(GOLDEN.get("z"));

    @ParameterizedTest
    @ValueSource(ints = {40, 7, 1})
    @Tag("G14")
    void cka_isTheReferences(int batch) {
        JointMoments moments = Representations.streamed(X, Y, batch);

        assertThat(Cka.biased(moments)).isCloseTo(number("linear_cka_biased"), CLOSE);
        assertThat(Cka.unbiased(moments)).isCloseTo(number("linear_cka_unbiased"), CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 7, 1})
    @Tag("G14")
    void canonicalCorrelations_areTheReferences(int batch) {
        CanonicalCorrelations found = CanonicalCorrelations.of(Representations.streamed(X, Y, batch));

        assertThat(array(found.values())).containsExactly(Golden.doubles(GOLDEN.get("cca_correlations")), CLOSE);
        assertThat(found.mean()).isCloseTo(number("mean_cca"), CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 7, 1})
    @Tag("G14")
    void principalComponents_haveTheReferencesRatios(int batch) {
        PrincipalComponents found =
                PrincipalComponents.of(Representations.streamed(X, Y, batch).x());

        assertThat(array(found.ratios()))
                .containsExactly(Golden.doubles(GOLDEN.get("pca_explained_variance_ratio_x")), CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 7, 1})
    @Tag("G14")
    @Tag("G9")
    void orthogonal_isTheReferencesRotation(int batch) {
        JsonNode expected = GOLDEN.get("procrustes_x_to_z");

        LinearMap found = new Orthogonal(false).fit(Representations.streamed(X, Z, batch));

        assertThat(found.weight().transpose().toArray()).containsExactly(Golden.flat(expected.get("rotation")), CLOSE);
        assertThat(found.residual()).isCloseTo(expected.get("residual").asDouble(), CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 7, 1})
    @Tag("G9")
    void ridge_isTheReferencesRegression(int batch) {
        JointMoments moments = Representations.streamed(X, Y, batch);

        LinearMap leastSquares = Ridge.none().fit(moments);
        LinearMap ridge = Ridge.of(0.3).withoutBias().fit(moments);

        double[] expected = Golden.flat(GOLDEN.get("least_squares_with_bias_x_to_y"));
        int weights = X.columns() * Y.columns();
        assertThat(leastSquares.weight().transpose().toArray())
                .containsExactly(Arrays.copyOf(expected, weights), CLOSE);
        assertThat(leastSquares.bias().toArray())
                .containsExactly(Arrays.copyOfRange(expected, weights, expected.length), CLOSE);
        assertThat(ridge.weight().transpose().toArray())
                .containsExactly(Golden.flat(GOLDEN.get("ridge_0.3_no_bias_x_to_y")), CLOSE);
        assertThat(ridge.bias().toArray()).containsOnly(0);
    }

    private static double number(String name) {
        return GOLDEN.get(name).asDouble();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
