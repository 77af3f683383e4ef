package dev.assay.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against functions whose parts of the variance are known. */
@Tag("A8")
class ImportanceTest {
    private static final Seed SEED = new Seed(1);

    @Test
    void of_sumOfTwo_hasTheSharesOfTheirVariances() {
        List<double[]> points = grid(10, 3);
        double[] y = points.stream().mapToDouble(x -> x[0] + 2 * x[1]).toArray();

        Importance found = Importance.of(features(points, 3), y, SEED);

        assertThat(found.rows()).isEqualTo(1000);
        assertThat(found.fit()).isGreaterThan(0.98);
        assertThat(share(found, "x1")).isCloseTo(0.8, within(0.02));
        assertThat(share(found, "x0")).isCloseTo(0.2, within(0.02));
        assertThat(share(found, "x2")).isLessThan(0.01);
        assertThat(found.factors()
                        .get(0)
                        .shareInterval()
                        .contains(found.factors().get(0).share()))
                .isTrue();
        // Permuting doubles the variance of what is permuted.
        assertThat(found.factors().get(0).drop()).isCloseTo(1.6, within(0.2));
        assertThat(found.factors().get(2).drop()).isCloseTo(0, within(0.02));
    }

    @Test
    void of_ishigamisFunction_hasItsSobolIndices() {
        List<double[]> points = grid(12, 3);
        double[] y = points.stream()
                .mapToDouble(x -> {
                    double[] z = {angle(x[0]), angle(x[1]), angle(x[2])};
                    return Math.sin(z[0]) + 7 * Math.pow(Math.sin(z[1]), 2) + 0.1 * Math.pow(z[2], 4) * Math.sin(z[0]);
                })
                .toArray();

        Importance found = Importance.of(features(points, 3), y, SEED);

        // Ishigami and Homma 1990: 0.314, 0.442, 0, and 0.244 for the first with the third.
        assertThat(share(found, "x0")).isCloseTo(0.314, within(0.03));
        assertThat(share(found, "x1")).isCloseTo(0.442, within(0.03));
        assertThat(share(found, "x2")).isCloseTo(0, within(0.03));
        assertThat(found.pairs().get(0).one() + found.pairs().get(0).other()).isEqualTo("x0x2");
        assertThat(found.pairs().get(0).share()).isCloseTo(0.244, within(0.04));
    }

    /** {@code optuna-fanova.py}, which stands beside the table, tells how it was made. */
    @Test
    void of_optunasTable_hasTheSharesThatOptunaFinds() throws Exception {
        JsonNode golden;
        try (InputStream in = ImportanceTest.class.getResourceAsStream("optuna-fanova.json")) {
            golden = JsonMapper.shared().readTree(in);
        }
        List<Feature> features = new ArrayList<>();
        for (String name : List.of("lr", "decay", "width", "idle")) {
            features.add(Feature.ofNumbers(
                    name,
                    golden.path("rows")
                            .valueStream()
                            .mapToDouble(row -> row.path(name).asDouble())
                            .toArray()));
        }
        features.add(Feature.ofNames(
                "kind",
                golden.path("rows")
                        .valueStream()
                        .map(row -> row.path("kind").asString())
                        .toList()));
        double[] y = golden.path("rows")
                .valueStream()
                .mapToDouble(row -> row.path("y").asDouble())
                .toArray();

        Importance found = Importance.of(features, y, SEED);

        assertThat(found.factors())
                .extracting(Importance.OfFactor::name)
                .containsExactly("lr", "decay", "kind", "width", "idle");
        // Other forests, of which this one puts numbers together into sixteen levels: seeds alone move shares by 0.02
        // at most.
        for (Importance.OfFactor factor : found.factors()) {
            assertThat(factor.share())
                    .as(factor.name())
                    .isCloseTo(golden.path("mean").path(factor.name()).asDouble(), within(0.07));
        }
    }

    @Test
    void of_names_splitsThemWithoutAnOrder() {
        List<String> names = IntStream.range(0, 60)
                .mapToObj(i -> "abc".substring(i % 3, i % 3 + 1))
                .toList();
        double[] noise = IntStream.range(0, 60).mapToDouble(i -> (i * 7) % 11).toArray();
        double[] y =
                names.stream().mapToDouble(name -> name.equals("b") ? 1 : 0).toArray();

        Importance found =
                Importance.of(List.of(Feature.ofNames("name", names), Feature.ofNumbers("noise", noise)), y, SEED);

        assertThat(share(found, "name")).isCloseTo(1, within(1e-9));
        assertThat(found.fit()).isCloseTo(1, within(1e-9));
    }

    @Test
    void of_noiseOnly_hasNoFit() {
        RandomStream random = SEED.stream("noise");
        double[] x =
                IntStream.range(0, 80).mapToDouble(i -> random.nextDouble()).toArray();
        double[] y =
                IntStream.range(0, 80).mapToDouble(i -> random.nextGaussian()).toArray();

        Importance found = Importance.of(List.of(Feature.ofNumbers("x", x)), y, SEED);

        assertThat(found.fit()).isLessThan(0.2);
        assertThat(found.factors().get(0).dropInterval().contains(0)).isTrue();
    }

    @Test
    void of_sameSeed_isTheSame() {
        List<double[]> points = grid(5, 2);
        double[] y = points.stream().mapToDouble(x -> x[0] * x[1]).toArray();

        assertThat(Importance.of(features(points, 2), y, SEED)).isEqualTo(Importance.of(features(points, 2), y, SEED));
    }

    @Test
    void of_fewConfigs_isRefused() {
        assertThat(Importance.refusal(27, 3)).isEmpty();
        assertThat(Importance.refusal(8, 3))
                .contains("There are 8 configs with a value, but the importance of 3 factors needs 20 at least.\n"
                        + "Maybe the table of effects tells what is to be known.");
        assertThatThrownBy(() -> Importance.of(List.of(Feature.ofNumbers("x", 1, 2)), new double[] {1, 2}, SEED))
                .hasMessageStartingWith("There are 2 configs with a value");
        assertThatThrownBy(() -> Importance.of(List.of(Feature.ofNumbers("x", new double[20])), new double[20], SEED))
                .hasMessage("All 20 values are 0.0, so nothing is important.");
    }

    private static double angle(double x) {
        return (2 * x - 1) * Math.PI;
    }

    private static double share(Importance found, String name) {
        return found.factors().stream()
                .filter(factor -> factor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .share();
    }

    /** Middles of equal parts of the unit cube. */
    private static List<double[]> grid(int side, int dimensions) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < Math.pow(side, dimensions); i++) {
            double[] point = new double[dimensions];
            int rest = i;
            for (int d = 0; d < dimensions; d++) {
                point[d] = (rest % side + 0.5) / side;
                rest /= side;
            }
            points.add(point);
        }
        return points;
    }

    private static List<Feature> features(List<double[]> points, int dimensions) {
        return IntStream.range(0, dimensions)
                .mapToObj(d -> Feature.ofNumbers(
                        "x" + d, points.stream().mapToDouble(point -> point[d]).toArray()))
                .toList();
    }
}
