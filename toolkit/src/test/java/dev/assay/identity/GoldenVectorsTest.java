package dev.assay.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.Config;
import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigType;
import dev.assay.config.ExampleRun;
import dev.assay.config.ImmutableExampleModel;
import dev.assay.config.Validated;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.immutables.value.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the code to the vectors that {@code docs/identity.md} promises, and the file of the vectors to what was once published. */
@Tag("R1")
class GoldenVectorsTest {
    private static final Path FILE = Path.of("..", "docs", "identity-v1.json");

    /** How many vectors there were when the file was added to, and the SHA-256 of their text. A line is added with each addition; none is changed. */
    private static final List<Seal> SEALS = List.of(
            new Seal(9, "db1111992a0f85476baf5cd1d94e7702300c638daf8adb4b4753be60a0301831"),
            new Seal(10, "0111aaa9b5081935aee27974ed5f55b9cb71669e9c73e64a4c693bafa9ba4041"));

    private record Seal(int vectors, String sha256) {}

    @Test
    void of_everyVector_hasItsBytesAndDigests() throws Exception {
        for (JsonNode vector : vectors()) {
            ExampleRun config =
                    ConfigReader.of(ExampleRun.class).parse(vector.get("config").asString(), "vector");

            assertThat(actual(config, identity(vector, config)))
                    .as(vector.get("name").asString())
                    .isEqualTo(List.of(
                            vector.get("modelBytes").asString(),
                            vector.get("trainBytes").asString(),
                            vector.get("data").asString(),
                            vector.get("model").asString(),
                            vector.get("train").asString(),
                            vector.get("seed").asString(),
                            vector.get("trial").asString()));
        }
    }

    @Test
    void vectors_areOnlyEverAddedTo() throws Exception {
        List<JsonNode> vectors = vectors();

        assertThat(SEALS.get(SEALS.size() - 1).vectors)
                .as("vectors; seal those that were added")
                .isEqualTo(vectors.size());
        for (Seal seal : SEALS) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            vectors.subList(0, seal.vectors)
                    .forEach(vector -> digest.update(vector.toString().getBytes(StandardCharsets.UTF_8)));
            assertThat(HexFormat.of().formatHex(digest.digest()))
                    .as("the first " + seal.vectors + " vectors")
                    .isEqualTo(seal.sha256);
        }
    }

    /** A model as {@link dev.assay.config.ExampleModel} was before it had a key more. */
    @Config
    interface NewerModel extends Validated {
        List<Integer> widths();

        @Value.Default
        default double dropPath() {
            return 0;
        }
    }

    /** The same without it. */
    @Config
    interface OlderModel extends Validated {
        List<Integer> widths();
    }

    @Test
    void of_keyAddedWithADefault_keepsTheBytes() {
        byte[] before = CanonicalForm.of(
                ConfigType.of(OlderModel.class),
                ImmutableOlderModel.builder().addWidths(4).build());
        byte[] after = CanonicalForm.of(
                ConfigType.of(NewerModel.class),
                ImmutableNewerModel.builder().addWidths(4).build());
        byte[] used = CanonicalForm.of(
                ConfigType.of(NewerModel.class),
                ImmutableNewerModel.builder().addWidths(4).dropPath(0.1).build());

        assertThat(after).isEqualTo(before);
        assertThat(used).isNotEqualTo(before);
    }

    /** The example of the documentation, byte by byte. */
    @Test
    void of_exampleOfTheDocumentation_hasTheBytesShownThere() throws Exception {
        String shown = Files.readString(Path.of("..", "docs", "identity.md"));
        byte[] bytes = CanonicalForm.of(
                ConfigType.of(dev.assay.config.ExampleModel.class),
                ImmutableExampleModel.builder().addWidths(4, 8).dropout(0.5).build());

        String block = shown.substring(shown.indexOf("4f 00 00 00 02"));
        StringBuilder written = new StringBuilder();
        for (String line : block.substring(0, block.indexOf("```")).lines().toList()) {
            int comment = line.indexOf("  ");
            written.append(comment < 0 ? line : line.substring(0, comment));
        }
        assertThat(written.toString().replace(" ", "")).isEqualTo(HexFormat.of().formatHex(bytes));
    }

    /** Of a trial from the start, or of one from where another was. */
    private static TrialIdentity identity(JsonNode vector, ExampleRun config) {
        String wrapper = vector.get("wrapper").asString();
        return vector.has("origin")
                ? TrialIdentity.of(
                        wrapper,
                        config,
                        vector.get("origin").asString(),
                        vector.get("step").asLong())
                : TrialIdentity.of(wrapper, config);
    }

    private static List<String> actual(ExampleRun config, TrialIdentity identity) {
        return List.of(
                bytes(ConfigType.of(dev.assay.config.ExampleModel.class), config.model()),
                bytes(ConfigType.of(dev.assay.config.ExampleTrain.class), config.train()),
                identity.data(),
                identity.model(),
                identity.train(),
                identity.seed(),
                identity.trial());
    }

    private static String bytes(ConfigType type, Object value) {
        return HexFormat.of().formatHex(CanonicalForm.of(type, value));
    }

    private static List<JsonNode> vectors() throws Exception {
        List<JsonNode> vectors = new ArrayList<>();
        JsonMapper.shared().readTree(Files.readString(FILE)).get("vectors").forEach(vectors::add);
        return vectors;
    }
}
