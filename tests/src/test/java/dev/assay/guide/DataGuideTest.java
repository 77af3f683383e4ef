package dev.assay.guide;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.checkpoint.Safetensors;
import dev.assay.data.ArrayPartition;
import dev.assay.data.Cycle;
import dev.assay.data.Datasets;
import dev.assay.data.Flip;
import dev.assay.data.ImageFormat;
import dev.assay.data.ImagePartition;
import dev.assay.data.ImageSet;
import dev.assay.data.ImmutableAugmentation;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.data.PictureChange;
import dev.assay.data.Role;
import dev.assay.data.SplitAudit;
import dev.assay.data.StratifiedSplit;
import dev.assay.data.corruption.Corruption;
import dev.assay.data.corruption.CorruptionKind;
import dev.assay.data.corruption.ImmutableCorruption;
import dev.assay.examples.cifar10.ClassifierRun;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.recipe.RecipeReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code docs/data.md}. */
class DataGuideTest {

    @TempDir
    Path folder = Path.of("");

    /** Takes warnings. */
    private static final class Lines {
        private final List<String> lines = new ArrayList<>();

        void warn(String line) {
            lines.add(line);
        }
    }

    @Test
    void javaOfTheGuide_isThatOfThisPackage() throws Exception {
        assertThat(Guide.read(Path.of("..", "docs", "data.md")).javaNotIn(Path.of("src/test/java/dev/assay/guide")))
                .isEmpty();
    }

    @Test
    @Tag("D1")
    @Tag("D5")
    @Tag("D10")
    void partitionsOfTheGuide_areSplitShiftedAndAudited() {
        long splitSeed = 7;
        ImageSet all = pictures(200);
        ImageSet test = all.select(3, 5, 8);
        Lines log = new Lines();

        StratifiedSplit split = StratifiedSplit.of(all, 60, new Seed(splitSeed).stream("validation examples"));
        ImagePartition train = ImagePartition.training(
                split.rest(),
                ImmutableAugmentation.builder()
                        .pad(4)
                        .flip(Flip.RANDOM)
                        .cutout(8)
                        .build());
        Datasets datasets = Datasets.training(train)
                .with("val", Role.VALIDATE, ImagePartition.evaluation(split.taken(), train.normalisation()))
                .with("test", Role.TEST, ImagePartition.evaluation(test, train.normalisation()));
        SplitAudit audit = SplitAudit.of(datasets);
        audit.warning().ifPresent(log::warn);

        assertThat(log.lines).hasSize(1).first().asString().startsWith("Partitions overlap: ");
        ImagePartition tested = (ImagePartition) datasets.evaluated("test");
        Datasets shifted = datasets;
        for (CorruptionKind kind : CorruptionKind.values()) {
            Corruption corruption =
                    ImmutableCorruption.builder().kind(kind).severity(3).build();
            PictureChange change = corruption.of(tested.images().format(), new Seed(splitSeed));
            shifted = shifted.with("test-" + corruption.label(), Role.TEST, tested.changed(change));
        }
        assertThat(shifted.evaluated()).hasSize(2 + 16).containsKey("test-gaussian-noise-3");
    }

    @Test
    @Tag("D4")
    void filtersOfTheGuide_keepLabelsOrNumberThemAnew() {
        ImageSet all = pictures(30);

        ImageSet animals = all.filter(all.isOf(List.of("cat", "dog")).and(example -> example != 17));
        ImageSet catsAndDogs = all.renumbered(List.of("cat", "dog"));

        assertThat(animals.sizesByClass()).containsExactly(0, 10, 9);
        assertThat(catsAndDogs.sizesByClass()).containsExactly(10, 10);
        assertThat(catsAndDogs.classes()).containsExactly("cat", "dog");
    }

    @Test
    @Tag("D3")
    void cycleOfTheGuide_mixesByWeight() {
        Partition clean = ImagePartition.training(
                pictures(40), ImmutableAugmentation.builder().build());
        Partition noisy = ImagePartition.training(
                pictures(40), ImmutableAugmentation.builder().build());

        Map<String, Partition> sources = Map.of("clean", clean, "noisy", noisy);
        Datasets mixed = Datasets.training(Cycle.ratio(sources, Map.of("clean", 1, "noisy", 3)));

        assertThat(mixed.train().batchCount(Pass.training(10, new Seed(1), 0, false)))
                .isEqualTo(4 + 12);
    }

    @Test
    @Tag("D7")
    void arraysOfTheGuide_areReadAgain() throws IOException {
        Path file = folder.resolve("features.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray features = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
            NDArray labels = manager.create(new long[] {0, 1});

            Safetensors.write(file, Map.of("features", features, "label", labels));
            ArrayPartition next = ArrayPartition.read(file).withClasses(List.of("cat", "dog"));

            assertThat(next.shapes()).isEqualTo(Map.of("features", new Shape(2), "label", new Shape()));
        }
        ArrayPartition table = ArrayPartition.builder()
                .floats("x", new Shape(2), 0, 0, 0, 1, 1, 0, 1, 1)
                .longs("label", new Shape(), 0, 1, 1, 0)
                .build();
        assertThat(table.size()).isEqualTo(4);
    }

    @Test
    @Tag("D1")
    @Tag("D4")
    @Tag("D5")
    void recipeOfTheGuide_isRead() throws Exception {
        String yaml = Guide.read(Path.of("..", "docs", "data.md")).file("data.yaml");

        ClassifierRun run = (ClassifierRun) RecipeReader.of(Map.of("classifier", ClassifierRun.class))
                .parse(yaml, Path.of("data.yaml"), List.of())
                .trials()
                .get(0)
                .config();

        assertThat(run.data().classes()).containsExactly("cat", "dog");
        assertThat(run.data().classLimits()).containsEntry("cat", 500);
        assertThat(run.data().shifted().stream().map(Corruption::label)).containsExactly("gaussian-noise-3", "jpeg-5");
    }

    private static ImageSet pictures(int examples) {
        ImageFormat format = new ImageFormat(16, 16, 3);
        ImageSet.Builder images = ImageSet.builder(format, List.of("bird", "cat", "dog"), examples);
        for (int i = 0; i < examples; i++) {
            RandomStream random = new Seed(1).stream("pictures", i);
            byte[] picture = new byte[format.bytes()];
            for (int at = 0; at < picture.length; at++) {
                picture[at] = (byte) random.nextLong();
            }
            images.set(i, i % 3, picture);
        }
        return images.build();
    }
}
