package dev.assay.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.activation.ActivationFile;
import dev.assay.activation.Units;
import dev.assay.endtoend.Application;
import dev.assay.endtoend.Application.Ended;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.similarity.CanonicalCorrelations;
import dev.assay.similarity.Cka;
import dev.assay.similarity.JointMoments;
import dev.assay.similarity.LayerSimilarity;
import dev.assay.similarity.LinearMap;
import dev.assay.similarity.LowRank;
import dev.assay.similarity.Matrix;
import dev.assay.similarity.Moments;
import dev.assay.similarity.Orthogonal;
import dev.assay.similarity.PrincipalComponents;
import dev.assay.similarity.Ridge;
import dev.assay.similarity.SimilarityMeasure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs {@code docs/similarity.md}: its commands on its trials, and its Java, which is that of this class. */
class SimilarityGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "similarity.md");

    @TempDir
    Path folder;

    @Test
    void javaOfTheGuide_isThatOfThisPackage() throws Exception {
        assertThat(Guide.read(GUIDE).javaNotIn(Path.of("src/test/java/dev/assay/guide")))
                .isEmpty();
    }

    @Test
    @Tag("G14")
    void measuresOfTheGuide_areThoseThereAre() throws Exception {
        String guide = Files.readString(GUIDE);

        for (SimilarityMeasure measure : SimilarityMeasure.values()) {
            assertThat(guide).contains("| `" + measure + "` |");
        }
    }

    @Test
    @Tag("G3")
    @Tag("G14")
    void commandsOfTheGuide_writeHeatMapsAndActivations() throws Exception {
        Guide.read(GUIDE).filesInto(folder);
        assertThat(assay("run", "twins.yaml", "--quiet").code()).isZero();
        JsonNode trials = assay("list", "--json").json().get("trials");
        String first = trials.at("/0/hash").asString();
        String second = trials.at("/1/hash").asString();

        JsonNode cka = assay("similarity", first, second, "--json").json();
        Ended svcca = assay(
                "similarity",
                first,
                second,
                "--measure",
                "svcca",
                "--units",
                "means",
                "--nodes",
                "*1,logits",
                "--to",
                "maps");
        Ended activations = assay(
                "activations", first, "--nodes", "relu?,logits", "--partition", "test", "--to", "values.safetensors");

        assertThat(cka.get("rows")).isEqualTo(cka.get("columns")).hasSize(14);
        assertThat(cka.get("examples").asInt()).isEqualTo(200);
        assertThat(cka.at("/values/0/0").asDouble())
                .isGreaterThan(cka.at("/values/0/13").asDouble());
        assertThat(svcca.out().lines())
                .extracting(line -> Path.of(line).getFileName().toString())
                .containsExactly("similarity.html", "similarity.csv", "similarity.png");
        assertThat(Files.readAllLines(folder.resolve("maps/similarity.csv"))).hasSize(6);
        assertThat(activations.out()).contains("200 examples in values.safetensors");
        assertThat(read(folder.resolve("values.safetensors")))
                .hasSize(4)
                .allSatisfy(batch -> assertThat(batch).hasToString("Matrix of 50 × 2"));
    }

    private List<Matrix> read(Path file) throws Exception {
        List<Matrix> places = new ArrayList<>();
        try (ActivationFile values = ActivationFile.open(file)) {
            Moments moments = Moments.of(10);
            values.forEachBatch("logits", Units.ALL, 64, moments::add);
            PrincipalComponents components = PrincipalComponents.of(moments).first(2);
            values.forEachBatch("logits", Units.ALL, 64, batch -> places.add(components.project(batch)));
        }
        return places;
    }

    @Test
    @Tag("G8")
    @Tag("G9")
    @Tag("G14")
    void javaOfTheGuide_measuresAndFits() {
        JointMoments moments = JointMoments.of(8, 5);
        for (int batch = 0; batch < 20; batch++) {
            Matrix x = first(batch);
            Matrix y = second(batch);
            moments.add(x, y);
        }
        double biased = Cka.biased(moments);
        double unbiased = Cka.unbiased(moments);
        double cca = CanonicalCorrelations.of(moments).mean();
        double svcca = CanonicalCorrelations.of(moments, 0.99).mean();
        double procrustes = Orthogonal.similarity(moments);
        assertThat(List.of(biased, unbiased, procrustes))
                .allSatisfy(value -> assertThat(value).isBetween(0.1, 0.99));
        assertThat(List.of(cca, svcca)).allSatisfy(value -> assertThat(value).isCloseTo(1, within(1e-9)));

        LinearMap leastSquares = Ridge.none().fit(moments);
        LinearMap ridge = Ridge.of(1e-2).fit(moments);
        LinearMap lowRank = LowRank.of(2).fit(moments);
        LinearMap.Factors layersOfLowRank = lowRank.factors(2);
        LinearMap rotation = new Orthogonal(true).fit(moments);
        assertThat(leastSquares.rSquared()).isCloseTo(1, within(1e-12));
        assertThat(ridge.rSquared()).isBetween(0.999, 1.0);
        assertThat(lowRank.rSquared()).isLessThan(0.999).isGreaterThan(rotation.rSquared());
        assertThat(layersOfLowRank.up().columns()).isEqualTo(2);
    }

    @Test
    @Tag("G14")
    void javaOfTheGuide_comparesAllLayers() {
        LayerSimilarity layers = LayerSimilarity.of(SimilarityMeasure.CKA, List.of("conv1", "conv2"), List.of("conv1"));
        for (int batch = 0; batch < 20; batch++) {
            layers.add(Map.of("conv1", first(batch), "conv2", second(batch)), Map.of("conv1", first(batch)));
        }
        Matrix similarities = layers.values();

        assertThat(similarities.get(0, 0)).isCloseTo(1, within(1e-9));
        assertThat(similarities.get(1, 0)).isBetween(0.1, 0.99);
    }

    private static Matrix first(int batch) {
        return random(new Seed(1).stream("batch", batch), 32, 8);
    }

    /** A linear map of the first. */
    private static Matrix second(int batch) {
        return first(batch).times(random(new Seed(2).stream("map"), 8, 5));
    }

    private static Matrix random(RandomStream random, int rows, int columns) {
        double[] values = new double[rows * columns];
        Arrays.setAll(values, i -> random.nextGaussian());
        return Matrix.of(rows, columns, values);
    }

    private Ended assay(String... words) throws Exception {
        return new Application(folder).run(words);
    }
}
