package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.validation.constraints.AssertTrue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Derived values of every type, rules of the user's own, trees without a type. */
class KindsOfValuesTest {

    /** What the data say. */
    @Config
    interface Facts extends Validated {
        @Derived
        Optional<ExamplePrecision> precision();

        @Derived
        Optional<List<String>> labels();

        @Derived
        Optional<Map<String, Long>> counts();

        @Derived
        Optional<ExampleOptimizer.Sgd> sgd();

        @Derived
        Optional<ExampleOptimizer> optimizer();

        @Derived
        OptionalLong rows();
    }

    /** Where facts may lie. */
    @Config
    interface Places extends Validated {
        Optional<Facts> one();

        Map<String, Facts> named();

        Optional<ExampleData> data();
    }

    private static final Facts NONE = ImmutableFacts.builder().build();
    private static final ExampleOptimizer.Sgd SGD = ImmutableSgd.builder().lr(1).build();

    @Test
    @Tag("C5")
    @Tag("C11")
    void fill_valuesOfEveryType_areTakenIfTheyFit() {
        Facts filled = DerivedValues.fill(
                NONE,
                Map.of(
                        "precision",
                        ExamplePrecision.FLOAT32,
                        "labels",
                        List.of("cat", "dog"),
                        "counts",
                        Map.of("cat", 3L),
                        "sgd",
                        SGD,
                        "optimizer",
                        SGD,
                        "rows",
                        7L));

        assertThat(filled.labels()).contains(List.of("cat", "dog"));
        assertThat(filled.counts()).contains(Map.of("cat", 3L));
        assertThat(filled.rows()).hasValue(7);
        assertThat(ConfigReader.of(Facts.class).fromJson(ConfigWriter.toJson(filled)))
                .isEqualTo(filled);
    }

    @Test
    @Tag("C5")
    void fill_valuesThatDoNotFit_areToldWithWhatWouldHave() {
        Map<String, Object> wrong = Map.of(
                "precision",
                "float32",
                "labels",
                List.of("cat", 3),
                "counts",
                Map.of("cat", 3),
                "sgd",
                ImmutableAdamW.builder().lr(1).build(),
                "optimizer",
                "sgd",
                "rows",
                7);

        assertThat(refused(NONE, wrong)).isEqualTo("""
                Facts precision: The derived value (float32) must be one of float32, bfloat16, mixed.
                Facts labels: The derived value ([cat, 3]) must be a list.
                Facts counts: The derived value ({cat=3}) must be a mapping.
                Facts sgd: The derived value (AdamW{lr=1.0, beta1=0.9}) must be a mapping.
                Facts optimizer: The derived value (sgd) must be a mapping with a kind (one of sgd, adamw).
                Facts rows: The derived value (7) must be an integer.
                6 faults.""");
        assertThat(refused(NONE, Map.of("labels", "cat", "counts", Map.of(3, 3L))))
                .contains("Facts labels: The derived value (cat)")
                .contains("Facts counts: The derived value ({3=3})");
    }

    @Test
    @Tag("C5")
    void unresolved_valuesInPartsMapsAndChoices_haveTheirPaths() {
        Places places = ImmutablePlaces.builder()
                .one(NONE)
                .putNamed("a.b", NONE)
                .data(ImmutableFiles.builder().dir(Path.of("x")).build())
                .build();

        assertThat(DerivedValues.unresolved(places))
                .hasSize(12)
                .contains("one.precision", "one.rows", "named.\"a.b\".precision", "named.\"a.b\".rows");
        assertThat(refused(places, Map.of("one.rows", 1L)))
                .contains("named.\"a.b\".rows: This value must be derived from the data, but nothing derived it.")
                .doesNotContain("one.rows")
                .endsWith("11 faults.");
    }

    private static String refused(Validated config, Map<String, ?> values) {
        return String.valueOf(catchThrowableOfType(ConfigException.class, () -> DerivedValues.fill(config, values))
                .getMessage());
    }

    /** Rules and defaults that throw. */
    @Config
    interface Throwing extends Validated {
        String how();

        List<List<Integer>> rows();

        List<Map<String, Integer>> tables();

        @Value.Default
        default int computed() {
            return switch (how()) {
                case "sentence" -> throw new IllegalStateException("It must not be a sentence.");
                case "words" -> throw new IllegalStateException("it has no end");
                case "nothing" -> throw new IllegalStateException();
                default -> how().length();
            };
        }

        @AssertTrue(message = "must be short") default boolean isShort() {
            return computed() < 10;
        }
    }

    @Test
    @Tag("C2")
    @Tag("C10")
    void parse_ruleOfTheUsersThatThrows_isAFault() {
        assertThat(throwing("sentence")).isEqualTo("f.yaml:1:1: It must not be a sentence.\n1 fault.");
        assertThat(throwing("words")).isEqualTo("f.yaml:1:1: it has no end.\n1 fault.");
        assertThat(throwing("nothing")).isEqualTo("f.yaml:1:1: java.lang.IllegalStateException.\n1 fault.");
        assertThat(throwing("much too long")).contains("must be short.");
    }

    private static String throwing(String how) {
        return String.valueOf(catchThrowableOfType(
                        ConfigException.class,
                        () -> ConfigReader.of(Throwing.class).parse("how: " + how, "f.yaml"))
                .getMessage());
    }

    @Test
    @Tag("C10")
    void build_mutableMapsInLists_areRefusedHoweverDeep() {
        List<Integer> row = new ArrayList<>(List.of(1));
        Map<String, Integer> table = new HashMap<>(Map.of("a", 1));

        assertThatThrownBy(() -> ImmutableThrowing.builder()
                        .how("x")
                        .addRows(List.of(1))
                        .addRows(row)
                        .addTables(Map.of("a", 1))
                        .addTables(table)
                        .build())
                .hasMessageContaining("Throwing rows[1]: The collection must be immutable.")
                .hasMessageContaining("Throwing tables[1]: The collection must be immutable.")
                .hasMessageEndingWith("2 faults.");
    }

    @Test
    @Tag("C4")
    void parse_valueInPlaceOfAListOrChoice_saysWhatWasMeant() {
        ConfigReader<ExampleRun> reader = ConfigReader.of(ExampleRun.class);
        String yaml = """
                seed: 1
                data: [files]
                model: {widths: 4, scales: [1]}
                train: {epochs: {a: 1}, precision: [mixed], timeout: ~, optimizer: sgd}
                """;

        assertThatThrownBy(() -> reader.parse(yaml, "f.yaml")).hasMessage("""
                f.yaml:2:7 data: The value is a list but must be a mapping with a kind (one of files, synthetic).
                f.yaml:3:17 model.widths: The value (4) is an integer but must be a list.
                  Maybe [4] was meant.
                f.yaml:3:28 model.scales: The value is a list but must be a mapping.
                f.yaml:4:17 train.epochs: The value is a mapping but must be an integer.
                f.yaml:4:36 train.precision: The value is a list but must be one of float32, bfloat16, mixed.
                f.yaml:4:68 train.optimizer: The value (sgd) is text but must be a mapping with a kind (one of sgd, adamw).
                  Maybe {kind: sgd} was meant.
                6 faults.""");
    }

    @Test
    @Tag("C11")
    void toJson_treeWithoutAType_keepsWhatWasWritten() {
        Faults faults = new Faults();
        LocatedNode tree = ConfigTrees.parse(
                        "{a: [1, 0x1F, 0o17, -3, 1.50, true, ~, yes, \"1\"], b: {c: 99999999999999999999}}",
                        "f.yaml",
                        List.of(),
                        faults)
                .orElseThrow();

        assertThat(ConfigWriter.toJson(new ConfigType.TreeType(), tree))
                .hasToString("{\"a\":[1,31,15,-3,1.50,true,null,\"yes\",\"1\"],\"b\":{\"c\":99999999999999999999}}");
    }

    @Test
    @Timeout(10)
    void toJson_numberOfAMillionDigits_isNotComputed() {
        LocatedNode.Scalar digits =
                new LocatedNode.Scalar(Place.of("x"), LocatedNode.Form.INTEGER, "9".repeat(4_000_000));

        assertThat(ConfigWriter.toJson(new ConfigType.TreeType(), digits).isString())
                .isTrue();
    }

    @Test
    @Tag("C17")
    void remove_whatLiesInAList_leavesTheRest() {
        LocatedNode tree = ConfigTrees.parse("{a: [1, {b: 2, c: 3}]}", "f.yaml", List.of(), new Faults())
                .orElseThrow();
        ConfigType any = new ConfigType.TreeType();

        assertThat(ConfigWriter.toJson(any, LocatedTrees.remove(tree, DotPath.parse("a[1].b"))))
                .hasToString("{\"a\":[1,{\"c\":3}]}");
        assertThat(ConfigWriter.toJson(any, LocatedTrees.remove(tree, DotPath.parse("a[0]"))))
                .hasToString("{\"a\":[{\"b\":2,\"c\":3}]}");
        assertThat(LocatedTrees.remove(tree, DotPath.parse("a[2]"))).isEqualTo(tree);
        assertThat(LocatedTrees.find(tree, DotPath.parse("a[1].c"))).isPresent();
        assertThat(LocatedTrees.find(tree, DotPath.parse("a[2]"))).isEmpty();
    }
}
